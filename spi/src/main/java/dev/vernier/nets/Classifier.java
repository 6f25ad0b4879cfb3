package dev.vernier.nets;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.nn.ResidualBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Window;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * A small residual classifier: a stem at full size, then three stages of a stride-2 convolution and
 * a residual block, normalization, the mean over positions, a linear layer. Group normalization
 * makes an image's features independent of its batch.
 *
 * @param side height and width of the images it sees; larger ones are averaged down
 * @param classes number of classes
 */
record Classifier(int side, int classes) {
  /** Dimension of the pooled features, and channels of the last stage. */
  static final int DIMENSION = 128;

  private static final int STEM = 16;
  private static final int[] WIDTHS = {32, 64, DIMENSION};
  private static final int GROUPS = 8;
  private static final int LARGEST_SIDE = 64;
  private static final int SMALLEST_SIDE = 24;

  /**
   * The side at which images of a size are seen: the largest divisor of it that is small enough.
   */
  static int sideFor(int imageSize) {
    for (int side = Math.min(imageSize, LARGEST_SIDE); side >= SMALLEST_SIDE; side--) {
      if (imageSize % side == 0) {
        return side;
      }
    }
    return imageSize;
  }

  /**
   * What the net says.
   *
   * @param stages activations from shallow to deep, {@code [batch, height, width, channels]}
   * @param spatial the last of them, normalized, {@code [batch, channels, height, width]}
   * @param pooled {@code [batch, DIMENSION]}
   * @param logits {@code [batch, classes]}
   */
  record Outputs(
      List<SDVariable> stages, SDVariable spatial, SDVariable pooled, SDVariable logits) {}

  /** Lays the net into the graph of its images, whose sides are multiples of its own. */
  Outputs define(FeatureMap images) {
    Graph graph = images.graph();
    List<SDVariable> stages = new ArrayList<>();
    FeatureMap h = Convolution.apply("stem", averaged(images), STEM, 3);
    stages.add(h.value());
    for (int i = 0; i < WIDTHS.length; i++) {
      h = Convolution.apply("stages." + i + ".down", h, WIDTHS[i], Window.halving(3));
      h = ResidualBlock.apply("stages." + i + ".block", h, WIDTHS[i], GROUPS);
      stages.add(h.value());
    }
    FeatureMap normal = GroupNormalization.thenSwish("norm", h, GROUPS);
    SDVariable pooled = normal.value().mean(1, 2);
    Initializer initializer = Initializer.fanIn(DIMENSION);
    SDVariable weight = graph.parameter("head.weight", initializer, classes, DIMENSION);
    SDVariable bias = graph.parameter("head.bias", initializer, classes);
    SDVariable logits = pooled.mmul(weight.permute(1, 0)).add(bias.reshape(1, classes));
    return new Outputs(stages, normal.channelsFirst(), pooled, logits);
  }

  private FeatureMap averaged(FeatureMap images) {
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
}
