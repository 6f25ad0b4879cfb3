package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import dev.vernier.engine.program.Window;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution. Inputs: x {@code [N, H, W, C]}, weight {@code [O, C, height,
 * width]} as PyTorch has it, bias {@code [O]}.
 */
public record Convolve(Window window) implements Operation {
  @Override
  public String name() {
    return "conv"
        + window.height()
        + "x"
        + window.width()
        + (window.stride() > 1 ? "/" + window.stride() : "");
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return new long[] {
      x[0], window.outputHeight((int) x[1]), window.outputWidth((int) x[2]), inputs.get(1)[0]
    };
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(window.height())
            .kW(window.width())
            .sH(window.stride())
            .sW(window.stride())
            .pH(window.symmetric() ? window.top() : 0)
            .pW(window.symmetric() ? window.left() : 0)
            .paddingMode(PaddingMode.VALID)
            .dataFormat("NHWC")
            .build();
    return inputs[0]
        .getSameDiff()
        .cnn()
        .conv2d(padded(inputs[0]), inputs[1].permute(2, 3, 1, 0), inputs[2], config);
  }

  private SDVariable padded(SDVariable x) {
    if (window.symmetric()) {
      return x;
    }
    SDVariable ends =
        x.getSameDiff()
            .constant(
                Nd4j.createFromArray(
                    new int[][] {
                      {0, 0},
                      {window.top(), window.bottom()},
                      {window.left(), window.right()},
                      {0, 0}
                    }));
    return x.getSameDiff().nn().pad(x, ends, 0);
  }
}
