package dev.vernier.harness.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.harness.files.OutputFile;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.records.DamagedJson;
import dev.vernier.records.MetricKind;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file of a baseline, for review in version control: JSON with sorted keys, a number a line.
 * The scores of images and resamples lie beside it, in a {@code .npz} of the same name.
 */
final class BaselineFile {
  private static final String REMEDY = "restore it, or delete it and write another with --update";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;

  BaselineFile(Path path) {
    this.path = path;
  }

  /** The file with the scores. */
  Path scores() {
    String name = path.getFileName().toString();
    int end = name.endsWith(".json") ? name.length() - ".json".length() : name.length();
    return path.resolveSibling(name.substring(0, end) + ".npz");
  }

  /**
   * Reads it.
   *
   * @throws UsageException if there is none, or it is damaged, of a newer schema, or says what
   *     cannot be
   */
  Baseline read() throws IOException {
    try {
      JsonNode tree = JSON.readTree(Files.readString(path, StandardCharsets.UTF_8));
      JsonNode version = tree.path("schemaVersion");
      if (!version.isInt() || version.asInt() < 1) {
        throw new UsageException(path + " is no baseline of Vernier, or damaged: " + REMEDY);
      }
      if (version.asInt() > Baseline.SCHEMA_VERSION) {
        throw new UsageException(
            path
                + " has schema version "
                + version.asInt()
                + ", this Vernier reads up to "
                + Baseline.SCHEMA_VERSION
                + ": use a newer Vernier");
      }
      Baseline baseline = JSON.treeToValue(tree, Baseline.class);
      check(baseline);
      return baseline;
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + path + ": write it with --update", e);
    } catch (MalformedInputException e) {
      throw new UsageException(path + " is no text of UTF-8, so no baseline: " + REMEDY, e);
    } catch (UnrecognizedPropertyException e) {
      String unknown =
          NearestName.unknown(
              "field",
              e.getPropertyName(),
              e.getKnownPropertyIds().stream().map(String::valueOf).toList());
      throw new UsageException(path + ": " + unknown, e);
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  private UsageException damaged(JsonProcessingException e) {
    boolean ours =
        e instanceof JsonMappingException
            && (e.getCause() instanceof IllegalArgumentException
                || e.getCause() instanceof NullPointerException);
    return ours
        ? new UsageException(path + ": " + e.getCause().getMessage() + ": " + REMEDY, e)
        : DamagedJson.of(path, e, REMEDY);
  }

  private void check(Baseline baseline) {
    double rate = baseline.falseAlarmRate();
    if (!(rate > 0 && rate < 0.5)) {
      throw new UsageException(
          path + ": falseAlarmRate cannot be " + rate + ": it is above 0 and below 0.5");
    }
    if (baseline.cells().isEmpty()) {
      throw new UsageException(path + " holds no cells: " + REMEDY);
    }
    for (String key : baseline.tolerances().keySet()) {
      if (MetricKind.of(key).filter(GateCell::directed).isEmpty()) {
        throw new UsageException(
            path
                + ": "
                + NearestName.unknown(
                    "metric with a better direction",
                    key,
                    Arrays.stream(MetricKind.values())
                        .filter(GateCell::directed)
                        .map(MetricKind::key)
                        .toList()));
      }
    }
  }

  /**
   * Its numbers, with those over images where their file is there.
   *
   * @throws UsageException if the file is not the baseline's
   */
  Snapshot snapshot(Baseline baseline) throws IOException {
    return new Snapshot(baseline.cells(), baseline.protocols(), scores(baseline));
  }

  private Map<String, Map<String, Scores>> scores(Baseline baseline) throws IOException {
    Map<String, Map<String, Scores>> all = new TreeMap<>();
    if (baseline.scores() == null || !Files.exists(scores())) {
      return all;
    }
    requireOwn(baseline);
    Map<String, NumpyArray> arrays = NumpyArray.readAll(scores());
    baseline
        .cells()
        .forEach(
            (name, cell) -> {
              Map<String, Scores> own = new TreeMap<>();
              cell.metrics()
                  .forEach(
                      (key, number) ->
                          read(arrays.get(array(name, key)), number)
                              .ifPresent(scores -> own.put(key, scores)));
              all.put(name, own);
            });
    return all;
  }

  private void requireOwn(Baseline baseline) throws IOException {
    if (Files.exists(scores()) && !Sha256.ofFile(scores()).equals(baseline.scores())) {
      throw new UsageException(
          scores()
              + " does not belong to "
              + path
              + ": restore both, or delete both and write others with --update");
    }
  }

  private static Optional<Scores> read(NumpyArray array, Measured number) {
    return array == null || number.scores() == null
        ? Optional.empty()
        : Optional.of(new Scores(number.scores(), number.samples(), array.doubles()));
  }

  private static String array(String cell, String key) {
    return cell + "/" + key;
  }

  /** Both files, as the command line names them. */
  List<OutputFile> files() {
    return List.of(
        new OutputFile(path, "--baseline"),
        new OutputFile(scores(), "--baseline, whose scores of images lie beside it"));
  }

  /**
   * Looks whether scores may be written; writes nothing.
   *
   * @param before the baseline that is there
   * @throws UsageException if a file that is not its own lies in their place
   */
  void refuseOtherScores(Optional<Baseline> before) throws IOException {
    if (before.isPresent() && before.get().scores() != null) {
      requireOwn(before.get());
    } else if (Files.exists(scores())) {
      throw new UsageException(
          "%s is there already, and the scores of images would take its place: remove it, or choose another --baseline"
              .formatted(scores()));
    }
  }

  /** Writes it and the scores; both have found room before either takes the place of another. */
  void write(Baseline baseline, Map<String, Map<String, Scores>> scores) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    WholeFile.write(
        path,
        text ->
            WholeFile.write(
                scores(),
                numbers -> {
                  NumpyArray.writeTo(numbers, arrays(scores));
                  Files.writeString(text, json(baseline.withScores(Sha256.ofFile(numbers))));
                }));
  }

  private static String json(Baseline baseline) throws IOException {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    return JSON.writer(lines).writeValueAsString(baseline) + "\n";
  }

  private static Map<String, NumpyArray> arrays(Map<String, Map<String, Scores>> scores) {
    Map<String, NumpyArray> arrays = new TreeMap<>();
    scores.forEach(
        (cell, own) ->
            own.forEach((key, each) -> arrays.put(array(cell, key), floats(each.values()))));
    return arrays;
  }

  /** Rounded to 24 bits, a thousandth of what processors differ by. */
  private static NumpyArray floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return NumpyArray.of(floats, floats.length);
  }
}
