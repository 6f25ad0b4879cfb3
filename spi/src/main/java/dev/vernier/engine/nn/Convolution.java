package dev.vernier.engine.nn;

import dev.vernier.engine.onednn.ConvolutionKernel;
import dev.vernier.engine.onednn.PointwiseKernel;
import dev.vernier.engine.program.FusedKernel;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions that keep the side, or divide it by their stride; with bias. */
public final class Convolution {
  private Convolution() {}

  /**
   * A convolution with stride 1 and as much padding as keeps the side.
   *
   * @param name prefix of {@code .weight [out, in, size, size]} and {@code .bias [out]}
   * @param out output channels
   * @param size height and width of the filters
   */
  public static FeatureMap apply(String name, FeatureMap x, int out, int size) {
    return strided(name, x, out, size, 1);
  }

  /**
   * The same with a stride; with stride 2 and size 3 an even side is padded on the right and at the
   * bottom only.
   */
  public static FeatureMap strided(String name, FeatureMap x, int out, int size, int stride) {
    Graph graph = x.graph();
    Initializer initializer = Initializer.fanIn((long) x.channels() * size * size);
    SDVariable weight = weight(name, x, out, size);
    SDVariable bias = graph.parameter(name + ".bias", initializer, out);
    return with(x, weight, bias, out, size, stride);
  }

  /** A convolution that keeps the side and has no bias. */
  public static FeatureMap withoutBias(String name, FeatureMap x, int out, int size) {
    return with(x, weight(name, x, out, size), noBias(x, name, out), out, size, 1);
  }

  /** Zeros that stand for the bias of a convolution that has none; one array for each name. */
  public static SDVariable noBias(FeatureMap x, String name, int out) {
    String constant = name + ".zeros";
    if (x.graph().sameDiff().hasVariable(constant)) {
      return x.graph().sameDiff().getVariable(constant);
    }
    try (INDArray zeros = Nd4j.zeros(out)) {
      return x.graph().frozen(constant, zeros);
    }
  }

  /**
   * A convolution that halves an even side, with as many zeros on every side as an odd size asks.
   */
  public static FeatureMap halving(String name, FeatureMap x, int out, int size) {
    Initializer initializer = Initializer.fanIn((long) x.channels() * size * size);
    SDVariable weight = weight(name, x, out, size);
    SDVariable bias = x.graph().parameter(name + ".bias", initializer, out);
    return padded(x, weight, bias, 2, size / 2);
  }

  /**
   * A convolution with the same number of zeros on every side, as PyTorch pads.
   *
   * @param weight {@code [out, in, size, size]}
   * @param bias {@code [out]}
   */
  public static FeatureMap padded(
      FeatureMap x, SDVariable weight, SDVariable bias, int stride, int padding) {
    int out = (int) weight.getShape()[0];
    int size = (int) weight.getShape()[2];
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(size)
            .kW(size)
            .sH(stride)
            .sW(stride)
            .pH(padding)
            .pW(padding)
            .build();
    SDVariable y =
        x.graph()
            .fused(
                "conv" + size + "_padded",
                ConvolutionKernel.padded(size, size, stride, padding, padding),
                in ->
                    in[0]
                        .getSameDiff()
                        .cnn()
                        .conv2d(in[0], in[1].permute(2, 3, 1, 0), in[2], config),
                x.value(),
                weight,
                bias);
    int side = (x.side() + 2 * padding - size) / stride + 1;
    return new FeatureMap(x.graph(), y, x.batch(), out, side);
  }

  private static SDVariable weight(String name, FeatureMap x, int out, int size) {
    Initializer initializer = Initializer.fanIn((long) x.channels() * size * size);
    return x.graph().parameter(name + ".weight", initializer, out, x.channels(), size, size);
  }

  /**
   * A convolution with weights that are there already: {@code [out, in, size, size]} and {@code
   * [out]}.
   */
  public static FeatureMap with(
      FeatureMap x, SDVariable weight, SDVariable bias, int out, int size, int stride) {
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(size)
            .kW(size)
            .sH(stride)
            .sW(stride)
            .paddingMode(PaddingMode.SAME)
            .build();
    SDVariable y =
        x.graph()
            .fused(
                "conv" + size + (stride > 1 ? "_stride" + stride : ""),
                kernel(x, out, size, stride),
                in ->
                    in[0]
                        .getSameDiff()
                        .cnn()
                        .conv2d(in[0], in[1].permute(2, 3, 1, 0), in[2], config),
                x.value(),
                weight,
                bias);
    return new FeatureMap(x.graph(), y, x.batch(), out, (x.side() + stride - 1) / stride);
  }

  private static FusedKernel kernel(FeatureMap x, int out, int size, int stride) {
    return size == 1 && stride == 1 && PointwiseKernel.suits(x.batch(), x.channels(), out, x.area())
        ? new PointwiseKernel()
        : new ConvolutionKernel(size, stride);
  }
}
