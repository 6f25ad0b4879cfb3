package dev.vernier.nets;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.spi.ImageSize;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Resizes images by the mean over the area that each new pixel covers. */
final class AreaAverage {
  private AreaAverage() {}

  /**
   * Images in a graph, averaged down.
   *
   * @param images whose sides are one multiple of those of {@code size}
   */
  static FeatureMap to(ImageSize size, FeatureMap images) {
    int factor = images.height() / size.height();
    if (factor * size.height() != images.height() || factor * size.width() != images.width()) {
      throw new IllegalArgumentException(
          "images of "
              + images.height()
              + " x "
              + images.width()
              + " pixels cannot be averaged down to "
              + size);
    }
    if (factor == 1) {
      return images;
    }
    Pooling2DConfig config =
        Pooling2DConfig.builder().kH(factor).kW(factor).sH(factor).sW(factor).isNHWC(true).build();
    SDVariable small = images.graph().sameDiff().cnn().avgPooling2d(images.value(), config);
    return new FeatureMap(
        images.graph(), small, images.batch(), size.height(), size.width(), images.channels());
  }

  /**
   * Resizes.
   *
   * @param planes {@code [planes, from.height(), from.width()]}
   * @return {@code [planes, to.height(), to.width()]}
   */
  static float[] resize(float[] planes, ImageSize from, ImageSize to) {
    if (from.equals(to)) {
      return planes;
    }
    int count = planes.length / from.area();
    float[] narrower = pass(planes, count * from.height(), from.width(), to.width(), 1);
    return pass(narrower, count, from.height(), to.height(), to.width());
  }

  /** Resizes the middle dimension of {@code [outer, from, inner]}. */
  private static float[] pass(float[] source, int outer, int from, int to, int inner) {
    float[] target = new float[outer * to * inner];
    double scale = (double) from / to;
    for (int position = 0; position < to; position++) {
      double start = position * scale;
      double end = start + scale;
      int first = (int) start;
      int last = Math.min(from - 1, (int) Math.ceil(end) - 1);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          double sum = 0;
          for (int at = first; at <= last; at++) {
            double share = Math.min(end, at + 1) - Math.max(start, at);
            sum += share * source[(o * from + at) * inner + i];
          }
          target[(o * to + position) * inner + i] = (float) (sum / scale);
        }
      }
    }
    return target;
  }
}
