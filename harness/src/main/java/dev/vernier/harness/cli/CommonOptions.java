package dev.vernier.harness.cli;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that several commands share. */
final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "SPEC",
      description = "dataset: synthetic, cifar10:DIR, folder:DIR, or a plugin's")
  private String data;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "feature extractor that scores: dataset, inception, onnx (with features.file=FILE), or a"
              + " plugin's")
  private String features;

  @Option(
      names = "--weights-inception",
      paramLabel = "FILE",
      description = "FID Inception-v3 weights, .pth or .safetensors; implies --features inception")
  private String inceptionWeights;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      parameterConsumer = GivenSettings.class,
      description =
          "a setting, repeatable: of the run (steps, batch-size, images, ...), of the tokenizers"
              + " (codebook-size, ...), of the dataset (data.image-size), of the extractor"
              + " (features.NAME), of LPIPS as it is measured (lpips.weights) or trained with"
              + " (perceptual.weights); 'vernier list NAME' shows those of a plugin, 'vernier list run'"
              + " those of the run")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private PluginOptions plugins;

  @Mixin private ProgressOptions progress;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  /** Everything given, by key. */
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    if (data != null) {
      given.put("data", data);
    }
    if (inceptionWeights != null) {
      given.put("features", "inception");
      given.put("features.weights", inceptionWeights);
    }
    if (features != null) {
      given.put("features", features);
    }
    settings.forEach((key, text) -> GivenSettings.put(given, key, text));
    return given;
  }

  Plugins discover() throws IOException {
    return plugins.discover();
  }

  Path pluginFolder() {
    return plugins.folder();
  }

  boolean json() {
    return json;
  }

  Progress progress() {
    Progress shown = progress.progress();
    CacheFolder.remark().ifPresent(line -> shown.update(line, 0, 0, ""));
    return shown;
  }
}
