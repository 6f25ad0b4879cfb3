package dev.vernier.nets.published;

import dev.vernier.engine.Executors;
import dev.vernier.spi.Declared;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Inception-v3 that papers compute FID and Inception score with. Numbers from the known weights
 * can be compared with published ones; those from other weights cannot, and say so.
 */
public final class InceptionProvider implements FeatureExtractorProvider {
  /** How the SHA-256 of the published file begins; the file carries it in its name. */
  static final String PUBLISHED = "6726825d";

  /** Its settings. */
  private record Options(
      @Declared(
              meaning =
                  "file with the FID Inception-v3 weights, .pth or .safetensors (the published one"
                      + " is pt_inception-2015-12-05-6726825d.pth)")
          String weights,
      @Declared(
              byDefault = "tf1",
              meaning =
                  "to 299 pixels: tf1 is bilinear on 8-bit pixels without half-pixel centres, as"
                      + " in the original and torch-fidelity; torch is PyTorch's bilinear, as in"
                      + " pytorch-fid; clean is Pillow's bicubic on 8-bit pixels, as in clean-fid")
          InceptionInput resize) {}

  @Override
  public String name() {
    return "inception";
  }

  @Override
  public String description() {
    return "the Inception-v3 of published FID and IS; needs its weights file";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(Options.class);
  }

  @Override
  public Optional<String> publishedResize() {
    return Optional.of("resize");
  }

  @Override
  public FeatureExtractor open(Settings settings, FeatureContext context) throws IOException {
    Options own = settings.bind(Options.class);
    if (own.weights().isEmpty()) {
      throw new UsageException(
          "features inception need a weights file: give pt_inception-2015-12-05-6726825d.pth with"
              + " --weights-inception FILE");
    }
    Path file = Path.of(own.weights());
    try (PublishedWeights weights = new PublishedWeights(file, InceptionNet.LANDMARK)) {
      String hash = Sha256.ofFile(file);
      boolean published = hash.startsWith(PUBLISHED);
      InceptionFeatures features =
          new InceptionFeatures(
              spec(own.resize(), hash, published), own.resize(), weights, Executors.chosen());
      if (!published) {
        context
            .progress()
            .accept(
                file
                    + " is not the published Inception file (SHA-256 "
                    + PUBLISHED
                    + "...): its numbers cannot be compared with published ones");
      }
      return features;
    }
  }

  private FeatureSpec spec(InceptionInput resize, String hash, boolean published) {
    return new FeatureSpec(
        name() + resize.suffix(),
        InceptionNet.DIMENSION,
        InceptionNet.CLASSES,
        InceptionNet.DIMENSION,
        hash,
        published);
  }
}
