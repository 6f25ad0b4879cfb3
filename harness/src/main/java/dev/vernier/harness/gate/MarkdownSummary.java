package dev.vernier.harness.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A result in GitHub's Markdown, for the summary of a CI job. */
public final class MarkdownSummary {
  private MarkdownSummary() {}

  /**
   * The text.
   *
   * @param run what was judged
   */
  public static String of(GateResult result, String run) {
    GateTable table = new GateTable(result);
    List<List<String>> rows = table.rows();
    List<String> lines = new ArrayList<>();
    lines.add("### Vernier gate " + escape(result.headline()));
    lines.add("");
    lines.add(escape(run));
    lines.add("");
    if (rows.size() > 1) {
      lines.add(line(rows.get(0)));
      lines.add(line(alignments(rows.get(0).size())));
      rows.stream()
          .skip(1)
          .map(row -> line(row.stream().map(MarkdownSummary::escape).toList()))
          .forEach(lines::add);
      lines.add("");
    }
    table.lines().forEach(each -> lines.add("- " + escape(each)));
    lines.add("- " + escape(result.power()));
    return String.join("\n", lines) + "\n\n";
  }

  /** Names and the verdict to the left, numbers to the right. */
  private static List<String> alignments(int columns) {
    List<String> all = new ArrayList<>(Collections.nCopies(columns, "---:"));
    all.set(0, "---");
    all.set(1, "---");
    all.set(columns - 1, "---");
    return all;
  }

  private static String line(List<String> entries) {
    return entries.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String escape(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replaceAll("[\\\\`*_\\[\\]<>&|~#]", "\\\\$0");
  }
}
