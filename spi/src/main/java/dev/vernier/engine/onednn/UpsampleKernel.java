package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.program.FusedKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nearest-neighbour upsampling by 2: {@code [N, C, H, W]} to {@code [N, C, 2H, 2W]}. One task
 * handles one channel of one image.
 */
public final class UpsampleKernel implements FusedKernel {
  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    long[] x = inputShapes.get(0);
    return new long[] {x[0], x[1], 2 * x[2], 2 * x[3]};
  }

  @Override
  public void forward(INDArray[] inputs, INDArray output) {
    Floats x = Floats.of(inputs[0]);
    Floats y = Floats.of(output);
    int width = (int) inputs[0].size(3);
    int area = (int) inputs[0].size(2) * width;
    Parallel.forEach(
        x.length() / area,
        plane -> {
          float[] in = new float[area];
          float[] out = new float[4 * area];
          x.read(plane * area, in, area);
          spread(in, out, width);
          y.write(plane * 4 * area, out, 4 * area);
        });
  }

  private static void spread(float[] in, float[] out, int width) {
    for (int row = 0; row < in.length / width; row++) {
      int to = 4 * row * width;
      for (int column = 0; column < width; column++) {
        float value = in[row * width + column];
        out[to + 2 * column] = value;
        out[to + 2 * column + 1] = value;
      }
      System.arraycopy(out, to, out, to + 2 * width, 2 * width);
    }
  }

  @Override
  public void backward(
      INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
    Floats dy = Floats.of(outputGradient);
    Floats dx = Floats.of(gradients[0]);
    int width = (int) inputs[0].size(3);
    int area = (int) inputs[0].size(2) * width;
    Parallel.forEach(
        dx.length() / area,
        plane -> {
          float[] in = new float[4 * area];
          float[] out = new float[area];
          dy.read(plane * 4 * area, in, 4 * area);
          gather(in, out, width);
          dx.write(plane * area, out, area);
        });
  }

  private static void gather(float[] in, float[] out, int width) {
    for (int row = 0; row < out.length / width; row++) {
      int upper = 4 * row * width;
      int lower = upper + 2 * width;
      for (int column = 0; column < width; column++) {
        int left = 2 * column;
        out[row * width + column] =
            (in[upper + left] + in[upper + left + 1]) + (in[lower + left] + in[lower + left + 1]);
      }
    }
  }
}
