package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in GitHub's Markdown. */
public final class MarkdownTable {
  private static final Markup MARKUP =
      new Markup() {
        @Override
        public String escape(String text) {
          return text.replaceAll("[\\\\`*_\\[\\]<>&|~#]", "\\\\$0").replaceAll("\\p{Cntrl}", " ");
        }

        @Override
        public String best(String escaped) {
          return "**" + escaped + "**";
        }

        @Override
        public String second(String escaped) {
          return "<ins>" + escaped + "</ins>";
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
    lines.add(line(table.columns().stream().map(column -> heading(table, column)).toList()));
    lines.add(line(table.columns().stream().map(c -> c.isText() ? "---" : "---:").toList()));
    table.byRow(MARKUP::entries).stream().map(MarkdownTable::line).forEach(lines::add);
    if (!table.footnotes().isEmpty()) {
      lines.add("");
      lines.add(
          table.footnotes().stream()
              .map(each -> sup(each.mark()) + " " + MARKUP.escape(each.words()))
              .collect(Collectors.joining("; ", "", ".")));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String heading(Table table, Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> " ↑";
          case LOWER -> " ↓";
          case NEITHER -> "";
        };
    String mark = table.mark(column);
    return MARKUP.escape(column.heading()) + arrow + (mark.isEmpty() ? "" : sup(mark));
  }

  private static String sup(String mark) {
    return "<sup>" + mark + "</sup>";
  }

  private static String line(List<String> entries) {
    return entries.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
