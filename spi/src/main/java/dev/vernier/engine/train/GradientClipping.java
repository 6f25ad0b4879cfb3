package dev.vernier.engine.train;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Clipping by the global norm, as PyTorch's {@code clip_grad_norm_} does it. */
public final class GradientClipping {
  private static final int CHUNK = 65_536;
  private static final double EPSILON = 1e-6;

  private GradientClipping() {}

  /**
   * The factor that brings gradients to a norm of at most {@code maximum}.
   *
   * @param gradients flat
   * @param maximum 0 for no clipping
   */
  public static double scale(INDArray gradients, double maximum) {
    return maximum == 0 ? 1 : Math.min(1, maximum / (norm(gradients) + EPSILON));
  }

  /** The Euclidean norm, summed in double in a fixed order. */
  public static double norm(INDArray gradients) {
    Floats floats = Floats.of(gradients);
    double[] parts = new double[(floats.length() + CHUNK - 1) / CHUNK];
    Parallel.forEach(
        parts.length,
        chunk -> {
          float[] values = new float[Math.min(CHUNK, floats.length() - chunk * CHUNK)];
          floats.read(chunk * CHUNK, values, values.length);
          double sum = 0;
          for (float value : values) {
            sum += (double) value * value;
          }
          parts[chunk] = sum;
        });
    return Math.sqrt(Arrays.stream(parts).sum());
  }
}
