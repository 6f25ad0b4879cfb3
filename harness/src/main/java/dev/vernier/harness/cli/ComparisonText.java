package dev.vernier.harness.cli;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.ProtocolDifference;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.significance.Pairwise;
import dev.vernier.reports.text.NumberText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs compared, metric by metric: rows of one protocol are ranked and their differences tested;
 * those of different protocols are not, and the text says in what these differ.
 */
record ComparisonText(List<Run> runs) {
  private static final List<MetricKind> SHOWN =
      List.of(MetricKind.RFID, MetricKind.PSNR, MetricKind.SSIM, MetricKind.LPIPS, MetricKind.GFID);

  void print(PrintWriter out) throws IOException {
    List<Row> rows = Rows.of(runs);
    List<Cell> cells = rows.stream().flatMap(row -> row.cells().stream()).toList();
    List<MeasuredBy> all = MeasuredBy.in(cells);
    PairedTests tests = new PairedTests(new CellFolders(runs));
    for (MetricKind kind : SHOWN) {
      List<MeasuredBy> protocols =
          all.stream().filter(each -> each.key().equals(kind.key())).toList();
      for (MeasuredBy each : protocols) {
        print(Pairwise.of(rows, each, tests), out);
      }
      if (protocols.size() > 1) {
        printDifferences(rows, protocols, out);
      }
    }
    out.flush();
  }

  private static void print(Pairwise found, PrintWriter out) {
    MeasuredBy metric = found.metric();
    out.println(
        "%s%s, protocol %s, N = %s"
            .formatted(
                metric.label(), arrow(metric.better()), metric.protocol(), metric.samples()));
    List<List<String>> table = new ArrayList<>();
    boolean ranked = found.ranked().size() > 1;
    for (int i = 0; i < found.ranked().size(); i++) {
      Row row = found.ranked().get(i);
      Estimate number = row.metric(metric.key(), metric.protocol()).orElseThrow();
      int decimals = NumberText.decimals(number.value());
      table.add(
          List.of(
              "  " + (ranked ? i + 1 : "-"),
              row.label(),
              NumberText.of(number.value(), decimals),
              NumberText.of(number.interval(), decimals)));
    }
    TextTable.print(table, out);
    List<List<String>> pairs = found.pairs().stream().map(ComparisonText::line).toList();
    if (!pairs.isEmpty()) {
      out.println("  paired differences, p corrected by Holm for these " + pairs.size());
      TextTable.print(pairs, out);
    }
    out.println();
  }

  private static String arrow(Better better) {
    return switch (better) {
      case HIGHER -> " (higher is better)";
      case LOWER -> " (lower is better)";
      case NEITHER -> "";
    };
  }

  private static List<String> line(Pairwise.Pair pair) {
    Difference difference = pair.difference();
    int decimals = NumberText.decimals(difference.value());
    return List.of(
        "  " + pair.row().label() + " - " + pair.other().label(),
        NumberText.of(difference.value(), decimals),
        NumberText.of(difference.interval(), decimals),
        pair.p().map(p -> "p " + (p < 0.001 ? "" : "= ") + NumberText.p(p)).orElse("no p value"),
        difference.test());
  }

  /** In what the protocols differ from the first of them. */
  private void printDifferences(List<Row> rows, List<MeasuredBy> protocols, PrintWriter out) {
    MeasuredBy first = protocols.get(0);
    for (MeasuredBy other : protocols.subList(1, protocols.size())) {
      String parts =
          ProtocolDifference.between(parts(other), parts(first)).stream()
              .map(ProtocolDifference::words)
              .collect(Collectors.joining("; "));
      out.println(
          "%s: %s cannot be ranked with %s, their protocols differ in %s"
              .formatted(
                  first.label(),
                  labels(rows, other),
                  labels(rows, first),
                  parts.isEmpty() ? "parts that their runs do not say" : parts));
    }
    out.println();
  }

  private Map<String, String> parts(MeasuredBy metric) {
    return runs.stream()
        .map(run -> run.record().protocols().get(metric.protocol()))
        .filter(each -> each != null)
        .findFirst()
        .orElse(new LinkedHashMap<>());
  }

  private static String labels(List<Row> rows, MeasuredBy metric) {
    return rows.stream()
        .filter(row -> row.metric(metric.key(), metric.protocol()).isPresent())
        .map(Row::label)
        .collect(Collectors.joining(", "));
  }
}
