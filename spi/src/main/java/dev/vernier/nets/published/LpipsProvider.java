package dev.vernier.nets.published;

import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * LPIPS version 0.1 with one of its three published backbones, to measure with and to train with.
 */
public final class LpipsProvider implements PerceptualDistanceProvider {
  private static final Setting<String> BACKBONE =
      Setting.choice(
          "backbone",
          "alex",
          Arrays.stream(LpipsBackbone.values()).map(LpipsBackbone::label).toList(),
          "the classifier; alex is what papers evaluate with, vgg what they train with");
  private static final Setting<String> WEIGHTS =
      Setting.text(
          "weights", "", "file with torchvision's weights of the backbone, .pth or .safetensors");
  private static final Setting<String> LINEAR =
      Setting.text(
          "linear",
          "",
          "file with the published linear layers of version 0.1 (weights/v0.1/BACKBONE.pth)");

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
    return List.of(BACKBONE, WEIGHTS, LINEAR);
  }

  @Override
  public PerceptualDistance open(Settings settings) throws IOException {
    String weights = settings.get(WEIGHTS);
    String linear = settings.get(LINEAR);
    if (weights.isEmpty() || linear.isEmpty()) {
      throw new UsageException(
          "LPIPS needs two files: give weights=FILE, torchvision's weights of the backbone, and"
              + " linear=FILE, the published linear layers");
    }
    String backbone = settings.get(BACKBONE).toUpperCase(Locale.ROOT);
    return new Lpips(LpipsBackbone.valueOf(backbone), Path.of(weights), Path.of(linear));
  }
}
