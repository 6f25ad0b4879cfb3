package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Nearest-neighbour upsampling by 2 on channels-last maps; one task handles one image. */
final class Upsampling {
  private Upsampling() {}

  static Kernel forward(INDArray small, INDArray large) {
    Floats x = Floats.of(small);
    Floats y = Floats.of(large);
    int channels = (int) small.size(3);
    int row = (int) small.size(2) * channels;
    int each = (int) small.size(1) * row;
    ThreadLocal<float[]> in = ThreadLocal.withInitial(() -> new float[each]);
    ThreadLocal<float[]> out = ThreadLocal.withInitial(() -> new float[4 * each]);
    return () ->
        Parallel.forEach(
            x.length() / each,
            image -> {
              x.read(image * each, in.get(), each);
              spread(in.get(), out.get(), row, channels);
              y.write(image * 4 * each, out.get(), 4 * each);
            });
  }

  private static void spread(float[] in, float[] out, int row, int channels) {
    for (int from = 0; from < in.length; from += row) {
      int to = 4 * from;
      for (int at = 0; at < row; at += channels) {
        System.arraycopy(in, from + at, out, to + 2 * at, channels);
        System.arraycopy(in, from + at, out, to + 2 * at + channels, channels);
      }
      System.arraycopy(out, to, out, to + 2 * row, 2 * row);
    }
  }

  static Kernel backward(INDArray largeGradient, INDArray smallGradient) {
    Floats dy = Floats.of(largeGradient);
    Floats dx = Floats.of(smallGradient);
    int channels = (int) smallGradient.size(3);
    int row = (int) smallGradient.size(2) * channels;
    int each = (int) smallGradient.size(1) * row;
    ThreadLocal<float[]> in = ThreadLocal.withInitial(() -> new float[4 * each]);
    ThreadLocal<float[]> out = ThreadLocal.withInitial(() -> new float[each]);
    return () ->
        Parallel.forEach(
            dx.length() / each,
            image -> {
              dy.read(image * 4 * each, in.get(), 4 * each);
              gather(in.get(), out.get(), row, channels);
              dx.write(image * each, out.get(), each);
            });
  }

  private static void gather(float[] in, float[] out, int row, int channels) {
    for (int from = 0; from < out.length; from += row) {
      int upper = 4 * from;
      // The two rows first, in one long loop.
      for (int i = 0; i < 2 * row; i++) {
        in[upper + i] += in[upper + 2 * row + i];
      }
      for (int at = 0; at < row; at += channels) {
        int left = upper + 2 * at;
        for (int c = 0; c < channels; c++) {
          out[from + at + c] = in[left + c] + in[left + channels + c];
        }
      }
    }
  }
}
