package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.GivenSource;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code vernier compare} is given: {@code [NAME=]PATH[,KEY=VALUE...]}, where PATH is a run, a
 * folder of weights, a checkpoint, or images that were reconstructed, or {@code
 * onnx:ENCODER,DECODER}.
 *
 * @param name what the user calls it; empty where nothing is said
 * @param usual what it is called then
 * @param run the folder of a run; empty for anything else
 * @param source what is measured; none of a run
 * @param settings of the plugin that loads weights
 */
record CompareArgument(
    Optional<String> name,
    String usual,
    Optional<Path> run,
    GivenSource source,
    Map<String, String> settings) {
  private static final String ONNX = "onnx:";
  private static final List<String> ARRAYS = List.of(".npz", ".npy");
  private static final List<String> OF_ONNX = List.of("codebooks", "range", "decoded-range");
  private static final List<String> OF_IMAGES = List.of("codes", "codebooks", "downsampling");

  /**
   * Reads one.
   *
   * @throws UsageException if it is none of these
   */
  static CompareArgument of(String text) {
    if (exists(text)) {
      return of(Optional.empty(), text, Map.of());
    }
    int equals = text.indexOf('=');
    boolean named = equals > 0 && !text.substring(0, equals).contains(",");
    Optional<String> name = named ? Optional.of(text.substring(0, equals)) : Optional.empty();
    String rest = text.substring(named ? equals + 1 : 0);
    if (exists(rest)) {
      return of(name, rest, Map.of());
    }
    List<String> parts = List.of(rest.split(",", -1));
    boolean onnx = rest.startsWith(ONNX);
    if (onnx && (parts.size() < 2 || parts.get(1).contains("="))) {
      throw new UsageException(
          "'%s' names one file: an ONNX pair is onnx:ENCODER,DECODER,codebooks=512+512"
              .formatted(rest));
    }
    int files = onnx ? 2 : 1;
    Map<String, String> keys = keys(parts.subList(files, parts.size()));
    return onnx
        ? onnx(name, parts.get(0).substring(ONNX.length()), parts.get(1), keys)
        : of(name, parts.get(0), keys);
  }

  private static boolean exists(String path) {
    return !path.isBlank() && path.indexOf('\0') < 0 && Files.exists(Path.of(path));
  }

  private static Map<String, String> keys(List<String> pairs) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2) {
        throw new UsageException("'" + pair + "' has no value: write key=value");
      }
      GivenSettings.put(keys, parts[0].strip(), parts[1].strip());
    }
    return keys;
  }

  private static CompareArgument of(Optional<String> name, String text, Map<String, String> keys) {
    if (text.isBlank()) {
      throw new UsageException("an argument names nothing: write [NAME=]PATH");
    }
    Path path = Path.of(text);
    String file = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    if (!Files.exists(path)) {
      throw new UsageException(
          "there is no "
              + path
              + ": name a run, weights, images or an ONNX pair (onnx:ENCODER,DECODER)");
    }
    if (new RunFolder(path).begun()) {
      refuseOthers(keys, List.of());
      return new CompareArgument(name, file, Optional.of(path), GivenSource.NONE, Map.of());
    }
    boolean weights =
        Files.isDirectory(path)
            ? Files.exists(path.resolve(SavedTokenizer.FILE))
            : ARRAYS.stream().noneMatch(file::endsWith);
    if (weights && file.endsWith(".onnx")) {
      throw new UsageException(
          path + " is half of a pair: write onnx:ENCODER,DECODER,codebooks=512+512");
    }
    return weights
        ? new CompareArgument(name, file, Optional.empty(), GivenSource.ofWeights(text), keys)
        : images(name, file, text, keys);
  }

  private static CompareArgument onnx(
      Optional<String> name, String encoder, String decoder, Map<String, String> keys) {
    refuseOthers(keys, OF_ONNX);
    GivenSource.Onnx files =
        new GivenSource.Onnx(encoder, decoder, keys.get("range"), keys.get("decoded-range"));
    String file = String.valueOf(Path.of(encoder).getFileName());
    return checked(name, file, new GivenSource(null, files, null, null, codebooks(keys), null));
  }

  private static CompareArgument images(
      Optional<String> name, String file, String text, Map<String, String> keys) {
    refuseOthers(keys, OF_IMAGES);
    return checked(
        name,
        file,
        new GivenSource(
            null, null, text, keys.get("codes"), codebooks(keys), keys.get("downsampling")));
  }

  private static CompareArgument checked(Optional<String> name, String file, GivenSource source) {
    source
        .lacking()
        .ifPresent(
            lack -> {
              throw new UsageException(file + ": " + lack.getValue() + ": add ,key=value");
            });
    source
        .wrongSizes()
        .ifPresent(
            wrong -> {
              throw new UsageException(file + ": " + wrong);
            });
    return new CompareArgument(name, file, Optional.empty(), source, Map.of());
  }

  /** Commas are taken, so a plus separates them. */
  private static List<String> codebooks(Map<String, String> keys) {
    String sizes = keys.get("codebooks");
    return sizes == null ? List.of() : Arrays.asList(sizes.split("\\+"));
  }

  private static void refuseOthers(Map<String, String> keys, List<String> known) {
    for (String key : keys.keySet()) {
      if (!known.contains(key)) {
        throw new UsageException(
            known.isEmpty()
                ? "a run needs no keys: leave out ," + key + "=" + keys.get(key)
                : NearestName.unknown("key", key, known));
      }
    }
  }

  /** The text that it was read from, without its name. */
  String unnamed(String text) {
    return name.map(own -> text.substring(own.length() + 1)).orElse(text);
  }

  /** What rows are called. */
  String called() {
    return name.orElse(usual);
  }
}
