package dev.vernier.harness.evaluation;

import dev.vernier.spi.FeatureSpec;
import java.util.ArrayList;
import java.util.List;

/** What the reader of a comparison has to know: what is missing, and how far the rFID reaches. */
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
    if (images <= features.dimension()) {
      caveats.add(
          "rFID rests on "
              + images
              + " images, not more than the "
              + features.dimension()
              + " dimensions of the features: its covariances are singular");
    }
    if (!features.published()) {
      caveats.add(
          "rFID with " + features.name() + " features cannot be compared with published values");
    }
    return caveats;
  }
}
