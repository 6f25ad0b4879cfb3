package dev.vernier.harness.gate;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.significance.ScoredImages;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers of a run, whether they lie in its folder or in a baseline.
 *
 * @param cells by name
 * @param protocols by fingerprint
 * @param scores by name of the cell, then by key of the metric
 */
record Snapshot(
    Map<String, GateCell> cells,
    Map<String, Map<String, String>> protocols,
    Map<String, Map<String, Scores>> scores) {
  /**
   * Reads a run.
   *
   * @throws UsageException if two of its cells cannot be told apart
   */
  static Snapshot of(Run run) throws IOException {
    Map<GateCell, Map<String, Scores>> found = new LinkedHashMap<>();
    for (Cell cell : run.cells()) {
      Map<String, Scores> scores = scores(ResultFiles.cellFolder(run.folder(), cell.id()), cell);
      found.put(GateCell.of(cell, metrics(run, cell, scores)), scores);
    }
    CellNames names = new CellNames(found.keySet());
    Map<String, GateCell> cells = new LinkedHashMap<>();
    Map<String, Map<String, Scores>> scores = new LinkedHashMap<>();
    for (Map.Entry<GateCell, Map<String, Scores>> each : found.entrySet()) {
      String name = names.of(each.getKey());
      if (cells.put(name, each.getKey()) != null) {
        throw new UsageException(
            run.folder()
                + " has two cells that are called "
                + name
                + ": give each a name of its own under 'method'");
      }
      scores.put(name, each.getValue());
    }
    return new Snapshot(cells, run.record().protocols(), scores);
  }

  /** What each metric rests on, where the run kept it. */
  private static Map<String, Scores> scores(Path folder, Cell cell) throws IOException {
    Map<String, Scores> all = images(folder, cell);
    for (MetricKind kind : MetricKind.values()) {
      ResultFiles.readReplicates(folder, kind.key())
          .filter(each -> isOf(each, cell.metrics().get(kind.key()), kind))
          .ifPresent(each -> all.put(kind.key(), Scores.of(each)));
    }
    return all;
  }

  /** Metrics that are means of the scores of images. */
  private static Map<String, Scores> images(Path folder, Cell cell) throws IOException {
    Map<String, Scores> all = new TreeMap<>();
    Path file = folder.resolve("images.csv");
    if (Files.exists(file)) {
      ScoredImages images = ScoredImages.read(file);
      images
          .scores()
          .forEach(
              (key, values) -> {
                Metric metric = cell.metrics().get(key);
                if (metric != null && metric.samples() == values.length) {
                  all.put(key, Scores.of(images.names(), values));
                }
              });
    }
    return all;
  }

  /** Usage stands in no metric. */
  private static boolean isOf(Replicates replicates, Metric metric, MetricKind kind) {
    return metric == null
        ? kind == MetricKind.USAGE
        : metric.protocol().equals(replicates.protocol());
  }

  private static Map<String, Measured> metrics(Run run, Cell cell, Map<String, Scores> scores)
      throws IOException {
    Map<String, Measured> all = new TreeMap<>();
    cell.metrics()
        .forEach(
            (key, metric) ->
                all.put(
                    key,
                    new Measured(
                        metric.label(),
                        metric.value(),
                        metric.low(),
                        metric.high(),
                        metric.samples(),
                        metric.protocol(),
                        basis(scores, key),
                        null)));
    String key = MetricKind.USAGE.key();
    Optional<Replicates> replicates =
        ResultFiles.readReplicates(ResultFiles.cellFolder(run.folder(), cell.id()), key);
    if (cell.usage().isPresent() && replicates.isPresent()) {
      all.put(
          key,
          new Measured(
              MetricKind.USAGE.label(),
              cell.usage().get(),
              null,
              null,
              replicates.get().samples(),
              replicates.get().protocol(),
              basis(scores, key),
              null));
    }
    return all;
  }

  private static Scores.Basis basis(Map<String, Scores> scores, String key) {
    return scores.containsKey(key) ? scores.get(key).basis() : null;
  }

  CellNames names() {
    return new CellNames(cells.values());
  }

  /** What a number of a cell rests on, where it is known. */
  Optional<Scores> scores(String cell, String key) {
    return Optional.ofNullable(scores.getOrDefault(cell, Map.of()).get(key));
  }
}
