package dev.vernier.harness.evaluation;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the reader of a comparison has to know: what is missing, how far the Frechet distance
 * reaches, and what it contains.
 */
final class Caveats {
  /** ImageNet's training images, 732 to 1,300 of a class, are 1% away from even. */
  private static final double UNEVEN = 0.05;

  private Caveats() {}

  /**
   * Lines to print beside the numbers.
   *
   * @param images number of pairs
   * @param perceptual whether LPIPS was measured
   */
  static List<String> of(int images, FeatureSpec features, boolean perceptual) {
    List<String> caveats = new ArrayList<>();
    if (!perceptual) {
      caveats.add(
          "LPIPS was not measured: give --set lpips.weights=FILE and --set lpips.linear=FILE");
    }
    caveats.addAll(of(MetricKind.RFID, images, features));
    return caveats;
  }

  /**
   * How far a Frechet distance reaches.
   *
   * @param images of the smaller set
   */
  static List<String> of(MetricKind distance, int images, FeatureSpec features) {
    List<String> caveats = new ArrayList<>();
    if (images <= features.dimension()) {
      caveats.add(
          distance.label()
              + " rests on "
              + images
              + " images, not more than the "
              + features.dimension()
              + " dimensions of the features: its covariances are singular");
    }
    if (!features.published()) {
      caveats.add(
          distance.label()
              + " with "
              + features.name()
              + " features cannot be compared with published values");
    }
    return caveats;
  }

  /**
   * What a reference of uneven classes does to distances of images whose classes take turns.
   *
   * @param counts images of each class of the reference; some are there
   * @return empty where they are about even
   */
  static Optional<String> ofClasses(MetricKind distance, int[] counts) {
    double images = Arrays.stream(counts).sum();
    double even = images / counts.length;
    double moved = Arrays.stream(counts).mapToDouble(each -> Math.max(0, each - even)).sum();
    return moved <= UNEVEN * images
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "classes take turns in what is drawn; to be as even, %.0f%% of the reference would"
                    + " have to be of other classes: %s, and all else that compares the two,"
                    + " includes that mismatch",
                100 * moved / images,
                distance.label()));
  }
}
