package dev.vernier.nets.published;

import dev.vernier.engine.onednn.ConvolutionKernel;
import dev.vernier.engine.program.Graph;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A map of any height and width in a graph, with the layers that published nets are made of.
 *
 * @param graph the graph it belongs to
 * @param value {@code [batch, channels, height, width]}
 * @param batch images
 * @param channels channels
 * @param height rows
 * @param width columns
 */
record Activation(Graph graph, SDVariable value, int batch, int channels, int height, int width) {
  /**
   * Checks that something is left of the map.
   *
   * @throws UsageException if not
   */
  Activation {
    if (height < 1 || width < 1) {
      throw new UsageException(
          "the images are too small for this net, nothing is left of them: use larger images, or"
              + " leave this net out");
    }
  }

  /** An input of a graph. */
  static Activation input(Graph graph, String name, int batch, int height, int width) {
    return new Activation(
        graph, graph.input(name, batch, 3, height, width), batch, 3, height, width);
  }

  private Activation windowed(SDVariable result, int out, Window window) {
    return new Activation(
        graph, result, batch, out, window.outputHeight(height), window.outputWidth(width));
  }

  /**
   * A convolution.
   *
   * @param weight {@code [out, channels, window.height, window.width]}
   * @param bias {@code [out]}
   */
  Activation convolution(SDVariable weight, SDVariable bias, int out, Window window) {
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(window.height())
            .kW(window.width())
            .sH(window.stride())
            .sW(window.stride())
            .pH(window.padHeight())
            .pW(window.padWidth())
            .paddingMode(PaddingMode.VALID)
            .build();
    SDVariable result =
        graph.fused(
            "conv" + window.height() + "x" + window.width(),
            ConvolutionKernel.padded(
                window.height(),
                window.width(),
                window.stride(),
                window.padHeight(),
                window.padWidth()),
            in -> in[0].getSameDiff().cnn().conv2d(in[0], in[1].permute(2, 3, 1, 0), in[2], config),
            value,
            weight,
            bias);
    return windowed(result, out, window);
  }

  /** Negative values become 0. */
  Activation relu() {
    SDVariable result = graph.sameDiff().nn().relu(value, 0);
    return new Activation(graph, result, batch, channels, height, width);
  }

  /** The largest value of each window; padding never counts. */
  Activation maxPool(Window window) {
    return windowed(graph.sameDiff().cnn().maxPooling2d(value, pooling(window)), channels, window);
  }

  /** The mean of what lies inside the map of each window. */
  Activation meanPool(Window window) {
    return windowed(graph.sameDiff().cnn().avgPooling2d(value, pooling(window)), channels, window);
  }

  private static Pooling2DConfig pooling(Window window) {
    return Pooling2DConfig.builder()
        .kH(window.height())
        .kW(window.width())
        .sH(window.stride())
        .sW(window.stride())
        .pH(window.padHeight())
        .pW(window.padWidth())
        .paddingMode(PaddingMode.VALID)
        .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
        .build();
  }

  /**
   * The map, which must have no negative values, with a row or column of zeros at the end where
   * that completes the last 3 x 3 window of stride 2: pooling it is what PyTorch calls ceil mode.
   */
  Activation completedForPooling() {
    int rows = (height - 3 & 1);
    int columns = (width - 3 & 1);
    if (rows == 0 && columns == 0) {
      return this;
    }
    SDVariable padding =
        graph
            .sameDiff()
            .constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, 0}, {0, rows}, {0, columns}}));
    SDVariable result = graph.sameDiff().nn().pad(value, padding, 0);
    return new Activation(graph, result, batch, channels, height + rows, width + columns);
  }

  /** Maps of the same size, channels one after the other. */
  static Activation concat(Activation... parts) {
    Activation first = parts[0];
    SDVariable[] values = Arrays.stream(parts).map(Activation::value).toArray(SDVariable[]::new);
    int channels = Arrays.stream(parts).mapToInt(Activation::channels).sum();
    SDVariable result = first.graph.sameDiff().concat(1, values);
    return new Activation(first.graph, result, first.batch, channels, first.height, first.width);
  }
}
