package dev.vernier.nets.published;

import dev.vernier.spi.Declared;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * LPIPS version 0.1 with one of its three published backbones, to measure with and to train with.
 */
public final class LpipsProvider implements PerceptualDistanceProvider {
  /** Its settings. */
  private record Options(
      @Declared(
              byDefault = "alex",
              meaning =
                  "the classifier; alex is what papers evaluate with, vgg what they train with")
          LpipsBackbone backbone,
      @Declared(meaning = "file with torchvision's weights of the backbone, .pth or .safetensors")
          String weights,
      @Declared(
              meaning =
                  "file with the published linear layers of version 0.1 (weights/v0.1/BACKBONE.pth)")
          String linear) {}

  @Override
  public String name() {
    return "lpips";
  }

  @Override
  public String description() {
    return "LPIPS version 0.1; needs the backbone's weights file and that of the linear layers";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(Options.class);
  }

  /** What papers train with. */
  @Override
  public Map<String, String> trainingDefaults() {
    return Map.of("backbone", "vgg");
  }

  @Override
  public PerceptualDistance open(Settings settings) throws IOException {
    Options own = settings.bind(Options.class);
    if (own.weights().isEmpty() || own.linear().isEmpty()) {
      throw new UsageException(
          "LPIPS needs two files: give weights=FILE, torchvision's weights of the backbone, and"
              + " linear=FILE, the published linear layers");
    }
    return new Lpips(own.backbone(), Path.of(own.weights()), Path.of(own.linear()));
  }
}
