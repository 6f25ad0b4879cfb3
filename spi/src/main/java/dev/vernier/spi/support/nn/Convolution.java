package dev.vernier.spi.support.nn;

import dev.vernier.spi.support.graph.FusedKernel;
import dev.vernier.spi.support.graph.Graph;
import dev.vernier.spi.support.graph.Initializer;
import dev.vernier.spi.support.graph.kernels.ConvolutionKernel;
import dev.vernier.spi.support.graph.kernels.PointwiseKernel;
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
    SDVariable weight = weight(name, x, out, size);
    try (INDArray zeros = Nd4j.zeros(out)) {
      return with(x, weight, x.graph().frozen(name + ".zeros", zeros), out, size, 1);
    }
  }

  /**
   * A convolution that halves an even side, with as many zeros on every side as an odd size asks.
   */
  public static FeatureMap halving(String name, FeatureMap x, int out, int size) {
    Graph graph = x.graph();
    int pad = size / 2;
    SDVariable bias =
        graph.parameter(name + ".bias", Initializer.fanIn((long) x.channels() * size * size), out);
    Conv2DConfig config =
        Conv2DConfig.builder().kH(size).kW(size).sH(2).sW(2).pH(pad).pW(pad).build();
    SDVariable y =
        graph.fused(
            "conv" + size + "_halving",
            ConvolutionKernel.padded(size, size, 2, pad, pad),
            in -> in[0].getSameDiff().cnn().conv2d(in[0], in[1].permute(2, 3, 1, 0), in[2], config),
            x.value(),
            weight(name, x, out, size),
            bias);
    return new FeatureMap(graph, y, x.batch(), out, x.side() / 2);
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
