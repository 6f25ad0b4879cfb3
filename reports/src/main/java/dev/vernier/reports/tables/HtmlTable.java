package dev.vernier.reports.tables;

import dev.vernier.reports.text.XmlText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in HTML, with a caption and headings that screen readers announce. */
public final class HtmlTable {
  private static final Markup MARKUP =
      new Markup() {
        @Override
        public String escape(String text) {
          return XmlText.escape(text);
        }

        @Override
        public String best(String escaped) {
          return "<strong>" + escaped + "</strong>";
        }

        @Override
        public String second(String escaped) {
          return "<u>" + escaped + "</u>";
        }

        @Override
        public String interval(String escaped) {
          return " <small>" + escaped + "</small>";
        }

        @Override
        public String belowFloor() {
          return "<abbr title=\"below the floor\">" + Table.BELOW_FLOOR + "</abbr>";
        }
      };

  private HtmlTable() {}

  /** The table element. */
  public static String of(Table table) {
    String head =
        table.columns().stream()
            .map(column -> heading(table, column))
            .collect(Collectors.joining("\n"));
    String body =
        IntStream.range(0, table.rows())
            .mapToObj(row -> row(table, row))
            .collect(Collectors.joining("\n"));
    return """
        <table>
        <caption>%s</caption>
        <thead><tr>
        %s
        </tr></thead>
        <tbody>
        %s
        </tbody>
        </table>
        %s"""
        .formatted(
            XmlText.escape(table.caption() + table.intervals().map(each -> " " + each).orElse("")),
            head,
            body,
            footnotes(table));
  }

  private static String row(Table table, int row) {
    return table.columns().stream()
        .map(column -> cell(column, row))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String cell(Column column, int row) {
    String shown = MARKUP.entry(column, row);
    return column.name().equals("method")
        ? "<th scope=\"row\">" + shown + "</th>"
        : "<td>" + shown + "</td>";
  }

  private static String heading(Table table, Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> " <abbr title=\"higher is better\">↑</abbr>";
          case LOWER -> " <abbr title=\"lower is better\">↓</abbr>";
          case NEITHER -> "";
        };
    String mark = table.mark(column);
    return "<th scope=\"col\">"
        + XmlText.escape(column.heading())
        + arrow
        + (mark.isEmpty() ? "" : "<sup>" + mark + "</sup>")
        + "</th>";
  }

  private static String footnotes(Table table) {
    String notes =
        table.footnotes().stream()
            .map(
                each ->
                    "<sup>%s</sup> protocol <a href=\"#protocol-%2$s\">%2$s</a>, N = %3$s"
                        .formatted(
                            each.mark(),
                            XmlText.escape(each.source().protocol()),
                            XmlText.escape(each.source().samples())))
            .collect(Collectors.joining("; "));
    return notes.isEmpty() ? "" : "<p class=\"files\">" + notes + ".</p>\n";
  }
}
