package dev.vernier.harness.cli;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.ProtocolDifference;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.Pairwise;
import dev.vernier.reports.text.NumberText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison for people. */
final class ComparisonText {
  private ComparisonText() {}

  static void print(Comparison comparison, PrintWriter out) {
    if (comparison.runs().size() > 1) {
      for (int i = 0; i < comparison.runs().size(); i++) {
        out.println("run " + (i + 1) + ": " + comparison.runs().get(i));
      }
    }
    for (Comparison.OfMetric each : comparison.metrics()) {
      each.protocols().forEach(found -> print(found, out));
      if (each.protocols().size() > 1) {
        printDifferences(each, out);
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
      int decimals = NumberText.decimals(number.value(), number.interval());
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
    for (Pairwise.Same same : found.same()) {
      out.println(
          "  %s - %s: no test, at the seeds that both have they are the same cells"
              .formatted(same.row().label(), same.other().label()));
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
    int decimals = NumberText.decimals(difference.value(), difference.interval());
    return List.of(
        "  " + pair.row().label() + " - " + pair.other().label(),
        NumberText.of(difference.value(), decimals),
        NumberText.of(difference.interval(), decimals),
        pair.p().map(p -> "p " + (p < 0.001 ? "" : "= ") + NumberText.p(p)).orElse("no p value"),
        difference.test());
  }

  /** In what the protocols differ from the first of them. */
  private static void printDifferences(Comparison.OfMetric metric, PrintWriter out) {
    Pairwise first = metric.protocols().get(0);
    for (int i = 1; i < metric.protocols().size(); i++) {
      String parts =
          metric.apart().get(i - 1).stream()
              .map(ProtocolDifference::words)
              .collect(Collectors.joining("; "));
      out.println(
          "%s: %s cannot be ranked with %s, their protocols differ in %s"
              .formatted(
                  first.metric().label(),
                  labels(metric.protocols().get(i)),
                  labels(first),
                  parts.isEmpty() ? "parts that their runs do not say" : parts));
    }
    out.println();
  }

  /** In the order in which the user named them. */
  private static String labels(Pairwise found) {
    return found.rows().stream().map(Row::label).collect(Collectors.joining(", "));
  }
}
