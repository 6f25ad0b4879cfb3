package dev.vernier.engine.train;

import dev.vernier.engine.memory.Pass;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Clipping by the global norm, as PyTorch's {@code clip_grad_norm_} does it. */
final class GradientClipping {
  private static final double EPSILON = 1e-6;

  private final double maximum;
  private final Pass pass;
  private final double[] parts;

  /**
   * Clipping of gradients, which stay the caller's.
   *
   * @param gradients flat
   * @param maximum largest norm; 0 for no clipping
   */
  GradientClipping(INDArray gradients, double maximum) {
    this.maximum = maximum;
    this.pass =
        new Pass(List.of(gradients), List.of(), List.of(Math.toIntExact(gradients.length())));
    this.parts = new double[pass.stretches()];
  }

  /**
   * The factor that brings the gradients to a norm of at most the largest; NaN or 0 where they are
   * not finite, clipped or not.
   */
  double scale() {
    double norm = norm();
    if (maximum == 0) {
      return Double.isFinite(norm) ? 1 : Double.NaN;
    }
    return Math.min(1, maximum / (norm + EPSILON));
  }

  /** The Euclidean norm, summed in double in a fixed order. */
  double norm() {
    pass.run(
        (stretch, floats) -> parts[stretch.number()] = sumOfSquares(floats[0], stretch.count()));
    return Math.sqrt(Arrays.stream(parts).sum());
  }

  /** In four chains, so that an addition need not wait for the last. */
  private static double sumOfSquares(float[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < count; i++) {
      a += (double) values[i] * values[i];
    }
    return (a + b) + (c + d);
  }
}
