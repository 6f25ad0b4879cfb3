package dev.vernier.harness.evaluation;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.FeatureSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What the reader of a comparison has to know: what is missing, and how far the Frechet distance
 * reaches.
 */
final class Caveats {
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
}
