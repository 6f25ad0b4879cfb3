package dev.vernier.nets.published;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Window;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** The layers without weights that published nets are made of. */
final class Layers {
  private static final int CHANNELS = 3;

  private Layers() {}

  /** Negative values become 0. */
  static FeatureMap relu(FeatureMap x) {
    return x.with(x.graph().sameDiff().nn().relu(x.value(), 0));
  }

  /** The largest value of each window; padding never counts. */
  static FeatureMap maxPool(FeatureMap x, Window window) {
    return windowed(x, x.graph().sameDiff().cnn().maxPooling2d(x.value(), pooling(window)), window);
  }

  /** The mean of what lies inside the map of each window. */
  static FeatureMap meanPool(FeatureMap x, Window window) {
    return windowed(x, x.graph().sameDiff().cnn().avgPooling2d(x.value(), pooling(window)), window);
  }

  private static FeatureMap windowed(FeatureMap x, SDVariable result, Window window) {
    return new FeatureMap(
        x.graph(),
        result,
        x.batch(),
        window.outputHeight(x.height()),
        window.outputWidth(x.width()),
        x.channels());
  }

  private static Pooling2DConfig pooling(Window window) {
    return Pooling2DConfig.builder()
        .kH(window.height())
        .kW(window.width())
        .sH(window.stride())
        .sW(window.stride())
        .pH(window.top())
        .pW(window.left())
        .paddingMode(PaddingMode.VALID)
        .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
        .isNHWC(true)
        .build();
  }

  /**
   * The map, which must have no negative values, with a row or column of zeros at the end where
   * that completes the last 3 x 3 window of stride 2: pooling it is what PyTorch calls ceil mode.
   */
  static FeatureMap completedForPooling(FeatureMap x) {
    int rows = (x.height() - 3 & 1);
    int columns = (x.width() - 3 & 1);
    if (rows == 0 && columns == 0) {
      return x;
    }
    SDVariable padding =
        x.graph()
            .sameDiff()
            .constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, rows}, {0, columns}, {0, 0}}));
    SDVariable result = x.graph().sameDiff().nn().pad(x.value(), padding, 0);
    return new FeatureMap(
        x.graph(), result, x.batch(), x.height() + rows, x.width() + columns, x.channels());
  }

  /** Maps of the same size, channels one after the other. */
  static FeatureMap concat(FeatureMap... parts) {
    FeatureMap first = parts[0];
    SDVariable[] values = Arrays.stream(parts).map(FeatureMap::value).toArray(SDVariable[]::new);
    int channels = Arrays.stream(parts).mapToInt(FeatureMap::channels).sum();
    return first.with(first.graph().sameDiff().concat(CHANNELS, values), channels);
  }
}
