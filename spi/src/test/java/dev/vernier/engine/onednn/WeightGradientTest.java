package dev.vernier.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.Convolve;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** When it is taken; what it computes is compared where all operations are. */
@Tag("numerics")
class WeightGradientTest {
  private static final int SIDE = 6;

  /** Memory of the kernels of a convolution's gradients: oneDNN's own need none. */
  private static long bytes(Window window, int inputs, int outputs) {
    int side = window.outputHeight(SIDE);
    try (CpuKernels kernels = new CpuKernels();
        INDArray x = Nd4j.rand(DataType.FLOAT, 2, SIDE, SIDE, inputs);
        INDArray weight = Nd4j.rand(DataType.FLOAT, outputs, inputs, 3, 3);
        INDArray bias = Nd4j.rand(DataType.FLOAT, outputs);
        INDArray y = Nd4j.rand(DataType.FLOAT, 2, side, side, outputs);
        INDArray weightGradient = weight.ulike();
        Kernel kernel =
            kernels.backward(
                new Convolve(window),
                new INDArray[] {x, weight, bias},
                new boolean[3],
                y,
                y,
                new INDArray[] {null, weightGradient, null})) {
      kernel.run();
      return kernels.bytes();
    }
  }

  @Test
  void itIsTaken_whereItIsFaster() {
    assumeTrue(dnnl.dnnl_get_effective_cpu_isa() == dnnl.dnnl_cpu_isa_avx2);
    assertThat(bytes(Window.keeping(3, 3), 16, 19)).isPositive();
    assertThat(bytes(Window.keeping(3, 3), 8, 16)).isZero();
    assertThat(bytes(Window.halving(3), 16, 16)).isZero();
  }
}
