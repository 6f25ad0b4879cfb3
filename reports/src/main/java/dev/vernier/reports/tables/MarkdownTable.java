package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in GitHub's Markdown. */
public final class MarkdownTable {
  private static final Markup MARKUP =
      new Markup() {
        @Override
        public String escape(String text) {
          return text.replaceAll("[\\\\`*_\\[\\]<>&|~#]", "\\\\$0");
        }

        @Override
        public String bold(String escaped) {
          return "**" + escaped + "**";
        }

        @Override
        public String interval(String escaped) {
          return " " + escaped;
        }
      };

  private MarkdownTable() {}

  /** The text of the file. */
  public static String of(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(MARKUP.escape(table.caption()));
    table.intervals().ifPresent(line -> lines.add("\n" + MARKUP.escape(line)));
    lines.add("");
    lines.add(line(table.columns().stream().map(MarkdownTable::heading).toList()));
    lines.add(
        line(
            table.columns().stream()
                .map(c -> c.name().equals("method") ? "---" : "---:")
                .toList()));
    IntStream.range(0, table.rows())
        .mapToObj(row -> table.columns().stream().map(c -> MARKUP.entry(c, row)).toList())
        .map(MarkdownTable::line)
        .forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private static String heading(Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> " ↑";
          case LOWER -> " ↓";
          case NEITHER -> "";
        };
    String measured =
        column.protocol().isEmpty()
            ? ""
            : "<br>protocol " + MARKUP.escape(column.protocol()) + ", N = " + column.samples();
    return MARKUP.escape(column.heading()) + arrow + measured;
  }

  private static String line(List<String> entries) {
    return entries.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
