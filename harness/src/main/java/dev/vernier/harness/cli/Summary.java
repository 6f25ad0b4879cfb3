package dev.vernier.harness.cli;

import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers of a run as a text table, what failed, and the notes of all cells. Usage is the share
 * of all entries of all sub-codebooks; the perplexity of each stands for itself.
 */
final class Summary {
  private static final List<String> SHOWN =
      Stream.of(
              MetricKind.RFID,
              MetricKind.PSNR,
              MetricKind.SSIM,
              MetricKind.LPIPS,
              MetricKind.GFID,
              MetricKind.NLL_BITS_PER_POSITION)
          .map(MetricKind::key)
          .toList();

  private Summary() {}

  static void print(Run run, PrintWriter out) {
    table(run, out);
    for (Cell cell : run.cells()) {
      cell.missing()
          .forEach(
              (key, why) ->
                  out.println(
                      "missing: " + cell.method() + " " + cell.id() + ", " + key + ": " + why));
    }
    failures(run, out);
    notes(run.cells(), out);
    out.flush();
  }

  /** What runs say of their cells, each note once. */
  static void notes(List<Cell> cells, PrintWriter out) {
    cells.stream()
        .filter(cell -> cell.status() == Cell.Status.FINISHED)
        .flatMap(cell -> cell.notes().stream())
        .distinct()
        .forEach(note -> out.println("note: " + note));
  }

  /** Which cells failed and why, a line each. */
  static void failures(Run run, PrintWriter out) {
    for (Cell cell : ExperimentRun.failures(run)) {
      out.println("failed: " + cell.method() + " " + cell.id() + ": " + cell.error());
    }
  }

  /** The table, and which of its numbers cannot be compared. */
  static void table(Run run, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(run));
    for (Cell cell : run.cells()) {
      if (cell.status() == Cell.Status.FINISHED) {
        rows.add(row(cell, shown(run)));
      }
    }
    if (rows.size() > 1) {
      TextTable.print(rows, out);
    }
    shown(run).forEach(key -> protocols(key, run, out));
    out.flush();
  }

  /** Says whose numbers stand in one column though they are by different protocols. */
  private static void protocols(String key, Run run, PrintWriter out) {
    Map<String, List<Cell>> byProtocol =
        run.cells().stream()
            .filter(cell -> cell.status() == Cell.Status.FINISHED)
            .filter(cell -> cell.metrics().containsKey(key))
            .collect(
                Collectors.groupingBy(
                    cell -> cell.metrics().get(key).protocol(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    if (byProtocol.size() > 1) {
      String label = byProtocol.values().iterator().next().get(0).metrics().get(key).label();
      String rows =
          byProtocol.values().stream()
              .map(Summary::methods)
              .collect(Collectors.joining(" and of "));
      out.println(
          "note: %s: the protocols of %s differ, their numbers cannot be compared"
              .formatted(label, rows));
    }
  }

  private static String methods(List<Cell> cells) {
    return cells.stream().map(Cell::method).distinct().collect(Collectors.joining(", "));
  }

  private static List<String> header(Run run) {
    List<String> header = new ArrayList<>(List.of("method", "codes", "seed"));
    for (String key : shown(run)) {
      run.cells().stream()
          .map(cell -> cell.metrics().get(key))
          .filter(metric -> metric != null)
          .findFirst()
          .ifPresent(metric -> header.add(metric.label()));
    }
    header.add(MetricKind.USAGE.key());
    header.add(MetricKind.PERPLEXITY.key());
    return header;
  }

  private static List<String> shown(Run run) {
    return SHOWN.stream()
        .filter(key -> run.cells().stream().anyMatch(cell -> cell.metrics().containsKey(key)))
        .toList();
  }

  private static List<String> row(Cell cell, List<String> shown) {
    List<String> row = new ArrayList<>();
    row.add(cell.method());
    row.add(cell.spec() == null ? "" : String.valueOf(cell.spec().totalCodes()));
    row.add(cell.untrained() ? "given" : String.valueOf(cell.seed()));
    for (String key : shown) {
      row.add(cell.metrics().containsKey(key) ? text(cell.metrics().get(key)) : "");
    }
    row.add(cell.usage().map(u -> String.format(Locale.ROOT, "%.1f%%", 100 * u)).orElse(""));
    row.add(
        cell.subCodebooks().stream()
            .map(use -> String.format(Locale.ROOT, "%.0f", use.perplexity()))
            .collect(Collectors.joining(" / ")));
    return row;
  }

  private static String text(Metric metric) {
    String value = String.format(Locale.ROOT, "%.4g", metric.value());
    return metric
        .interval()
        .map(i -> String.format(Locale.ROOT, "%s [%.4g, %.4g]", value, i.low(), i.high()))
        .orElse(value);
  }

  /** Metrics by name, one a line. */
  static void print(Map<String, Metric> metrics, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "value", "images", "protocol"));
    metrics.forEach(
        (key, metric) ->
            rows.add(
                List.of(
                    metric.label(),
                    text(metric),
                    String.valueOf(metric.samples()),
                    metric.protocol())));
    TextTable.print(rows, out);
    out.flush();
  }
}
