package dev.vernier.nets;

import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Resizes square images by the mean over the area that each new pixel covers. */
final class AreaAverage {
  private AreaAverage() {}

  /**
   * Images in a graph, averaged down.
   *
   * @param images squares whose sides are multiples of {@code side}
   */
  static FeatureMap to(int side, FeatureMap images) {
    int factor = images.height() / side;
    if (factor * side != images.height() || factor * side != images.width()) {
      throw new IllegalArgumentException(
          "images of "
              + images.height()
              + " x "
              + images.width()
              + " pixels cannot be averaged down to "
              + side);
    }
    if (factor == 1) {
      return images;
    }
    Pooling2DConfig config =
        Pooling2DConfig.builder().kH(factor).kW(factor).sH(factor).sW(factor).isNHWC(true).build();
    SDVariable small = images.graph().sameDiff().cnn().avgPooling2d(images.value(), config);
    return new FeatureMap(images.graph(), small, images.batch(), side, side, images.channels());
  }

  /**
   * Resizes.
   *
   * @param planes {@code [planes, from, from]}
   * @return {@code [planes, to, to]}
   */
  static float[] resize(float[] planes, int from, int to) {
    if (from == to) {
      return planes;
    }
    int count = planes.length / (from * from);
    return pass(pass(planes, count * from, from, to, 1), count, from, to, to);
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
