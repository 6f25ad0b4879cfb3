package dev.vernier.tests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, a line a benchmark: the median iteration, and how many items a second. */
final class ResultTable {
  private ResultTable() {}

  /** The table in Markdown. */
  static String of(List<Speed> speeds) {
    List<String> lines = new ArrayList<>();
    lines.add("| work | ms | a second |");
    lines.add("| --- | --- | --- |");
    for (Speed speed : speeds) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %s |",
              speed.work(),
              speed.milliseconds(),
              speed.count() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%.1f %s", speed.perSecond(), speed.items())));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
