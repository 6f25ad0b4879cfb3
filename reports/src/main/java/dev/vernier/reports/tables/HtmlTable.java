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
        public String bold(String escaped) {
          return "<strong>" + escaped + "</strong>";
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
        table.columns().stream().map(HtmlTable::heading).collect(Collectors.joining("\n"));
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
        """
        .formatted(
            XmlText.escape(table.caption() + table.intervals().map(each -> " " + each).orElse("")),
            head,
            body);
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

  private static String heading(Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> " <abbr title=\"higher is better\">↑</abbr>";
          case LOWER -> " <abbr title=\"lower is better\">↓</abbr>";
          case NEITHER -> "";
        };
    String measured =
        column.protocol().isEmpty()
            ? ""
            : "<small>protocol <a href=\"#protocol-%1$s\">%1$s</a>, N = %2$s</small>"
                .formatted(XmlText.escape(column.protocol()), XmlText.escape(column.samples()));
    return "<th scope=\"col\">" + XmlText.escape(column.heading()) + arrow + measured + "</th>";
  }
}
