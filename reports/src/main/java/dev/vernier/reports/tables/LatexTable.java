package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table in LaTeX, with the rules of the booktabs package, as wide as a journal's page or one of
 * its two columns. What is wider is set as several tables.
 */
public final class LatexTable {
  /** Points. */
  private static final double INCH = 72.27;

  /** Across both columns of a page, 6.75 inches, in letters of eight points. */
  private static final Place PAGE =
      new Place("table*", "\\footnotesize", 8, 6.75, "3pt", new ColumnWidths(true, 6.0 / 8));

  /** The same in letters of seven points. */
  private static final Place DENSE_PAGE =
      new Place("table*", "\\scriptsize", 7, 6.75, "2pt", new ColumnWidths(true, 4.0 / 7));

  /** In one column, 3.25 inches, in letters of seven points. */
  private static final Place COLUMN =
      new Place("table", "\\scriptsize", 7, 3.25, "1pt", new ColumnWidths(false, 2.0 / 7));

  private final Table table;
  private final Place place;
  private final LatexMarkup markup;

  private LatexTable(Table table, Place place) {
    this.table = table;
    this.place = place;
    this.markup = new LatexMarkup(place.widths);
  }

  /**
   * Where a table stands.
   *
   * @param environment that it floats in
   * @param size of its letters
   * @param points this size
   * @param inches its width
   * @param gap on either side of a column
   * @param widths of columns, in units of this size
   */
  private record Place(
      String environment, String size, int points, double inches, String gap, ColumnWidths widths) {
    boolean holds(Table table) {
      return widths.of(table.columns()) <= width();
    }

    /** Its width in units of the size of its letters. */
    double width() {
      return inches * INCH / points;
    }
  }

  /** The text of a file for the width of a page. */
  public static String acrossPage(Table table) {
    boolean dense = !PAGE.holds(table) && DENSE_PAGE.holds(table);
    return text(table, dense ? DENSE_PAGE : PAGE);
  }

  /**
   * The text of a file for one of two columns of a page: without intervals, and without numbers of
   * parameters where they would not fit.
   */
  public static String inColumn(Table table) {
    return text(COLUMN.holds(table) ? table : table.withoutParameters(), COLUMN);
  }

  private static String text(Table table, Place place) {
    List<LatexTable> parts =
        table.fitting(place.widths, place.width()).stream()
            .map(each -> new LatexTable(each, place))
            .toList();
    LatexTable first = parts.get(0);
    return Stream.concat(
            Stream.of(first.text(first.markup.escape(table.caption()))),
            parts.stream()
                .skip(1)
                .map(each -> each.text("Table~\\ref{" + first.label() + "}, continued.")))
        .collect(Collectors.joining("\n", "% needs \\usepackage{booktabs}\n", ""));
  }

  private String label() {
    return "tab:" + table.id().replaceAll("[^A-Za-z0-9-]", "-");
  }

  private String text(String caption) {
    List<String> lines = new ArrayList<>();
    lines.add("\\begin{" + place.environment + "}[t]");
    lines.add("\\sloppy\\setlength{\\belowcaptionskip}{4pt}");
    String intervals =
        place.widths.intervals() ? table.intervals().map(line -> " " + line).orElse("") : "";
    lines.add("\\caption{" + caption + markup.escape(intervals) + "}");
    lines.add("\\label{" + label() + "}");
    lines.add(place.size + "\\setlength{\\tabcolsep}{" + place.gap + "}");
    lines.add("\\begin{tabular*}{\\linewidth}{@{\\extracolsep{\\fill}}" + alignment() + "@{}}");
    lines.add("\\toprule");
    lines.add(line(table.columns().stream().map(this::heading).toList()));
    lines.add("\\midrule");
    table.byRow(markup::entries).stream().map(LatexTable::line).forEach(lines::add);
    lines.add("\\bottomrule");
    lines.add("\\end{tabular*}");
    lines.addAll(footnotes());
    lines.add("\\end{" + place.environment + "}");
    return String.join("\n", lines) + "\n";
  }

  private String alignment() {
    return table.columns().stream().map(this::alignment).collect(Collectors.joining());
  }

  private String alignment(Column column) {
    if (place.widths.isBroken(column)) {
      return "p{" + ColumnWidths.MOST_WORDS * place.points + "pt}";
    }
    return column.isText() ? "l" : "r";
  }

  private String heading(Column column) {
    List<String> lines =
        place.widths.lines(column).stream()
            .map(line -> markup.escape(line).replace(ColumnWidths.SIGNS, signs(column)))
            .toList();
    return lines.size() == 1
        ? lines.get(0)
        : "\\begin{tabular}[b]{@{}%s@{}}%s\\end{tabular}"
            .formatted(column.isText() ? "l" : "r", String.join("\\\\", lines));
  }

  private String signs(Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> "\\uparrow";
          case LOWER -> "\\downarrow";
          case NEITHER -> "";
        };
    String mark = table.mark(column);
    return "$" + arrow + (mark.isEmpty() ? "" : "^{" + mark + "}") + "$";
  }

  private List<String> footnotes() {
    String notes =
        table.footnotes().stream()
            .map(each -> "$^{" + each.mark() + "}$ " + markup.escape(each.words()))
            .collect(Collectors.joining("; "));
    return notes.isEmpty()
        ? List.of()
        : List.of(
            "\\par\\smallskip", "\\parbox{\\linewidth}{\\scriptsize\\raggedright " + notes + ".}");
  }

  private static String line(List<String> entries) {
    return entries.stream().collect(Collectors.joining(" & ", "", " \\\\"));
  }
}
