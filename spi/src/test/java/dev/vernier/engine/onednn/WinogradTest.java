package dev.vernier.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.Convolve;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** When it is taken, and what it loses; what it computes is compared where all operations are. */
@Tag("numerics")
class WinogradTest {
  private static final int WINDOW = 3;

  /** As a part of the standard deviation of outputs; 1e-6 was measured. */
  private static final double ROUNDING = 1.5e-6;

  private final Random random = new Random(1);

  private INDArray normal(double deviation, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** Memory of the kernel of a convolution itself: oneDNN's own needs none. */
  private long bytes(int images, int side, int inputs, int outputs) {
    try (CpuKernels kernels = new CpuKernels();
        INDArray x = normal(1, images, side, side, inputs);
        INDArray weight = normal(1, outputs, inputs, WINDOW, WINDOW);
        INDArray bias = normal(1, outputs);
        INDArray y = normal(1, images, side, side, outputs);
        Kernel kernel =
            kernels.forward(
                new Convolve(Window.keeping(WINDOW, WINDOW)),
                new INDArray[] {x, weight, bias},
                new boolean[3],
                y)) {
      kernel.run();
      return kernels.bytes();
    }
  }

  /** AVX-512, which later instruction sets have, has the bits of AVX2. */
  private static boolean hasAvx2() {
    int avx2 = dnnl.dnnl_cpu_isa_avx2;
    return (dnnl.dnnl_get_effective_cpu_isa() & avx2) == avx2;
  }

  @Test
  void itIsTaken_whereItIsFaster() {
    assumeTrue(hasAvx2());
    assertThat(bytes(8, 6, 64, 67)).isPositive();
    assertThat(bytes(8, 6, 63, 67)).as("few channels").isZero();
    assertThat(bytes(8, 6, 64, 1025)).as("more than there is room for").isZero();
    assertThat(bytes(7, 6, 64, 67)).as("few tiles").isZero();
    assertThat(bytes(8, 5, 64, 67)).as("tiles that hang over by more than half").isZero();
  }

  /** On any processor, and at sides that leave any rest of a tile. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8, 9, 66})
  void sums_areRoundedLittle(int side) {
    int channels = 64;
    int images = side > 9 ? 1 : 3;
    try (OneDnn library = new OneDnn();
        Scratch scratch = new Scratch();
        INDArray x = normal(1, images, side, side, channels);
        INDArray weight =
            normal(1 / Math.sqrt(9.0 * channels), channels, channels, WINDOW, WINDOW);
        INDArray bias = normal(1, channels);
        INDArray y = x.ulike()) {
      Winograd.layForward(library, scratch, new INDArray[] {x, weight, bias}, y);
      library.run();
      double squares = 0;
      float[] found = Floats.all(y);
      float[] maps = Floats.all(x);
      float[] weights = Floats.all(weight);
      float[] biases = Floats.all(bias);
      for (int at = 0; at < found.length; at++) {
        double difference =
            found[at] - (expected(maps, weights, at, side, channels) + biases[at % channels]);
        squares += difference * difference;
      }
      assertThat(Math.sqrt(squares / found.length)).isPositive().isLessThan(ROUNDING);
    }
  }

  /** An output in double precision. */
  private static double expected(float[] maps, float[] weights, int at, int side, int channels) {
    int output = at % channels;
    int position = at / channels;
    int column = position % side;
    int row = position / side % side;
    double sum = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      int below = i / WINDOW - 1;
      int right = i % WINDOW - 1;
      if (row + below >= 0 && row + below < side && column + right >= 0 && column + right < side) {
        int from = (position + below * side + right) * channels;
        for (int c = 0; c < channels; c++) {
          sum += (double) maps[from + c] * weights[(output * channels + c) * WINDOW * WINDOW + i];
        }
      }
    }
    return sum;
  }
}
