package dev.vernier.harness.experiments;

import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * Refuses a method whose YAML does not say what is given, or says what the given thing has no use
 * for.
 *
 * @param at where the method stands
 */
record SourceCheck(YamlLines lines, List<Object> at) {
  private static final String CODEBOOKS = "codebooks";
  private static final String DOWNSAMPLING = "downsampling";

  /**
   * Checks one.
   *
   * @throws UsageException at the first thing that is wrong
   */
  void check(Experiment.Method method) {
    GivenSource source = method.source();
    List<String> kinds = source.kinds().toList();
    if (kinds.size() > 1) {
      throw wrong(
          kinds.get(1),
          "'%s' and '%s' are two methods: give each a name of its own"
              .formatted(kinds.get(0), kinds.get(1)));
    }
    checkOrigin(source);
    if (kinds.isEmpty()) {
      return;
    }
    String kind = kinds.get(0);
    if (!method.grid().isEmpty()) {
      throw wrong(
          "grid", "given '%s' are trained already, and one cell: leave 'grid' out".formatted(kind));
    }
    if (!method.scales().isEmpty()) {
      throw wrong(
          "scales", "given '%s' are the same at every scale: leave 'scales' out".formatted(kind));
    }
    source
        .lacking()
        .ifPresent(
            lack -> {
              throw wrong(lack.getKey(), lack.getValue());
            });
    source
        .wrongSizes()
        .ifPresent(
            wrong -> {
              throw wrong(CODEBOOKS, wrong);
            });
    switch (kind) {
      case "weights" -> checkWeights(source);
      case "onnx" -> checkOnnx(method);
      default -> checkReconstructions(method);
    }
  }

  private UsageException wrong(String key, String what) {
    return lines.wrong(YamlLines.then(at, key), what);
  }

  /** What belongs to ONNX files or to reconstructions, and to nothing else. */
  private void checkOrigin(GivenSource source) {
    boolean images = source.reconstructions() != null;
    refuse("codes", source.codes() != null && !images, "'reconstructions'");
    refuse(DOWNSAMPLING, source.downsampling() != null && !images, "'reconstructions'");
    refuse(
        CODEBOOKS,
        !source.codebooks().isEmpty() && !images && source.onnx() == null,
        "'onnx' or 'reconstructions'");
    if (source.codebooks().isEmpty() && lines.has(YamlLines.then(at, CODEBOOKS))) {
      throw wrong(CODEBOOKS, "'codebooks' is empty: write their sizes, such as [512, 512]");
    }
  }

  private void refuse(String key, boolean there, String owner) {
    if (there) {
      throw wrong(key, "'%s' belongs to %s: leave it out".formatted(key, owner));
    }
  }

  private void checkWeights(GivenSource source) {
    if (source.weights().isBlank()) {
      throw wrong(
          "weights", "'weights' is blank: name a folder that training wrote, or a checkpoint file");
    }
  }

  private void checkOnnx(Experiment.Method method) {
    GivenSource.Onnx files = method.source().onnx();
    if (isBlank(files.encoder()) || isBlank(files.decoder())) {
      throw wrong("onnx", "'onnx' needs 'encoder' and 'decoder', a file each");
    }
    refuseSettings(method, "onnx");
  }

  private void checkReconstructions(Experiment.Method method) {
    GivenSource source = method.source();
    if (source.reconstructions().isBlank()) {
      throw wrong(
          "reconstructions", "'reconstructions' is blank: name a folder of images, or a .npz file");
    }
    if (source.codebooks().isEmpty()) {
      refuse(DOWNSAMPLING, source.downsampling() != null, "'codebooks'");
    }
    refuseSettings(method, "reconstructions");
  }

  private void refuseSettings(Experiment.Method method, String kind) {
    if (!method.settings().isEmpty()) {
      throw wrong(
          "settings",
          "'settings' are those of a plugin, and '%s' has none: leave it out".formatted(kind));
    }
    if (method.tokenizer() != null) {
      throw wrong(
          "tokenizer",
          "'tokenizer' is a plugin, and '%s' needs none: leave it out".formatted(kind));
    }
  }

  private static boolean isBlank(String path) {
    return path == null || path.isBlank();
  }
}
