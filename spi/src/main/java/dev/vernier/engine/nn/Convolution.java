package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.Convolve;
import org.nd4j.autodiff.samediff.SDVariable;

/** Convolutions with trained parameters, or with weights that are there already. */
public final class Convolution {
  private Convolution() {}

  /**
   * A convolution with stride 1 and as much padding as keeps height and width.
   *
   * @param name prefix of {@code .weight [out, in, size, size]} and {@code .bias [out]}
   * @param out output channels
   * @param size height and width of the filters
   */
  public static FeatureMap apply(String name, FeatureMap x, int out, int size) {
    return apply(name, x, out, Window.keeping(size, size));
  }

  /** A convolution over any window. */
  public static FeatureMap apply(String name, FeatureMap x, int out, Window window) {
    Graph graph = x.graph();
    Initializer initializer = initializer(x, window);
    SDVariable bias = graph.parameter(name + ".bias", initializer, out);
    return with(x, weight(name, x, out, window), bias, out, window);
  }

  /** A convolution that has no bias. */
  public static FeatureMap withoutBias(String name, FeatureMap x, int out, Window window) {
    return with(x, weight(name, x, out, window), noBias(x.graph(), name, out), out, window);
  }

  /** Zeros that stand for the bias of a convolution that has none; one array for each name. */
  public static SDVariable noBias(Graph graph, String name, int out) {
    return graph.frozen(name + ".zeros", () -> new float[out], out);
  }

  private static SDVariable weight(String name, FeatureMap x, int out, Window window) {
    return x.graph()
        .parameter(
            name + ".weight",
            initializer(x, window),
            out,
            x.channels(),
            window.height(),
            window.width());
  }

  private static Initializer initializer(FeatureMap x, Window window) {
    return Initializer.fanIn((long) x.channels() * window.height() * window.width());
  }

  /**
   * A convolution with weights that are there already.
   *
   * @param weight {@code [out, channels, height, width]}
   * @param bias {@code [out]}
   */
  public static FeatureMap with(
      FeatureMap x, SDVariable weight, SDVariable bias, int out, Window window) {
    SDVariable y = x.graph().apply(new Convolve(window), x.value(), weight, bias);
    return new FeatureMap(
        x.graph(),
        y,
        x.batch(),
        window.outputHeight(x.height()),
        window.outputWidth(x.width()),
        out);
  }
}
