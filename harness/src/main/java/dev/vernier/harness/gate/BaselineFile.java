package dev.vernier.harness.gate;

import dev.vernier.harness.files.OutputFile;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file of a baseline, for review in version control: JSON with sorted keys, a number a line.
 * The scores of images and resamples lie beside it, in a {@code .npz} of the same name.
 */
final class BaselineFile {
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
      return new BaselineJson(path).read(Files.readString(path, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + path + ": write it with --update", e);
    } catch (MalformedInputException e) {
      throw new UsageException(
          path + " is not UTF-8 text, so not a baseline: " + BaselineJson.REMEDY, e);
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
                  Files.writeString(
                      text, BaselineJson.text(baseline.withScores(Sha256.ofFile(numbers))));
                }));
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
