package dev.vernier.harness.onnx;

import dev.vernier.spi.Declared;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A vision model from an ONNX file, such as CLIP's image encoder or DINOv2. The file's hash and the
 * extractor's name, which says how it looks at images, together decide its features. {@link
 * FeatureOutputs} says which outputs are which features; an ONNX file does not say whether an
 * output holds logits, so there are none.
 */
public final class OnnxProvider implements FeatureExtractorProvider {
  /** Its settings. */
  private record Options(
      @Declared(meaning = "ONNX model with one input, float [N, 3, H, W]") String file,
      @Declared(
              byDefault = "imagenet",
              choices = {"imagenet", "clip", "none"},
              meaning =
                  "of colours: ImageNet's mean and deviation, CLIP's, or none for values in [0, 1]")
          String normalization,
      @Declared(
              byDefault = "0",
              to = 4096,
              meaning =
                  "pixels that images are resized to by nearest neighbour, 0 for the model's own,"
                      + " or 224 where it takes any")
          int side) {}

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String description() {
    return "a vision model from an ONNX file, on the CPU";
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
  public Optional<String> teacherFile() {
    return Optional.of("file");
  }

  @Override
  public FeatureExtractor open(Settings settings, FeatureContext context) throws IOException {
    Options own = settings.bind(Options.class);
    if (own.file().isEmpty()) {
      throw new UsageException("features onnx need a model: give it with --set features.file=FILE");
    }
    Path path = Path.of(own.file());
    String hash = new OnnxFile(path).hash();
    ImageModel model = ImageModel.open(path, own.side());
    try {
      FeatureOutputs outputs = FeatureOutputs.of(model.shapes(), model.input().batch(), path);
      return new OnnxFeatures(model, outputs, Normalization.of(own.normalization()), hash);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }
}
