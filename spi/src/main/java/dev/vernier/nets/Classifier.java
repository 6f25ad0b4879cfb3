package dev.vernier.nets;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** A small classifier of a dataset, whose features are what it is trained for. */
sealed interface Classifier permits ResidualClassifier, TokenClassifier {
  /** Dimension of the pooled features, and channels of the spatial ones. */
  int DIMENSION = 128;

  /** Larger images are averaged down. */
  int LARGEST_AREA = 64 * 64;

  /** Larger ones that no number divides evenly would cost more than they are worth. */
  int LARGEST_UNDIVIDED_AREA = 4 * LARGEST_AREA;

  /** Below it too little is left to see. */
  int SMALLEST_SIDE = 24;

  /** The size of the images it sees; larger ones are averaged down. */
  ImageSize size();

  /** Number of classes. */
  int classes();

  /** The peak learning rate it is trained at. */
  double peakLearningRate();

  /** Lays the net into the graph of its images, whose sides are one multiple of its own. */
  Outputs define(FeatureMap images);

  /**
   * The size at which images are seen: theirs, both sides divided by the least number that leaves
   * it small enough; undivided where there is none.
   *
   * @throws UsageException if there is none, and they are too large for that
   */
  static ImageSize sizeFor(ImageSize images) {
    int shorter = Math.min(images.height(), images.width());
    for (int factor = 1; shorter / factor >= SMALLEST_SIDE; factor++) {
      if (images.isMultipleOf(factor) && images.area() / (factor * factor) <= LARGEST_AREA) {
        return new ImageSize(images.height() / factor, images.width() / factor);
      }
    }
    if (images.area() > LARGEST_UNDIVIDED_AREA) {
      throw new UsageException(
          "the dataset's own net cannot reduce images of "
              + images
              + " pixels evenly: choose a size whose sides have a common divisor that leaves at most"
              + " 64 x 64 pixels and at least "
              + SMALLEST_SIDE
              + " a side, or other --features, and another --teacher and perceptual.weights where it"
              + " teaches");
    }
    return images;
  }

  /** The last layer. */
  static SDVariable logits(Graph graph, SDVariable pooled, int classes) {
    Initializer initializer = Initializer.fanIn(DIMENSION);
    SDVariable weight = graph.parameter("head.weight", initializer, classes, DIMENSION);
    SDVariable bias = graph.parameter("head.bias", initializer, classes);
    return pooled.mmul(weight.permute(1, 0)).add(bias.reshape(1, classes));
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
}
