package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in LaTeX, with the rules of the booktabs package, as wide as a journal's page or one of
 * its two columns. What is wider is set as several tables.
 */
public final class LatexTable {
  /** 6.75 inches, in units of {@code footnotesize}, which is eight points. */
  private static final double PAGE = 6.75 * 72.27 / 8;

  /** 3.25 inches, in units of {@code scriptsize}, which is seven points. */
  private static final double COLUMN = 3.25 * 72.27 / 7;

  private static final ColumnWidths ON_A_PAGE = new ColumnWidths(true, 6.0 / 8);
  private static final ColumnWidths IN_A_COLUMN = new ColumnWidths(false, 2.5 / 7);

  private final Table table;
  private final ColumnWidths widths;
  private final LatexMarkup markup;

  private LatexTable(Table table, ColumnWidths widths) {
    this.table = table;
    this.widths = widths;
    this.markup = new LatexMarkup(widths.intervals());
  }

  /** The text of a file for the width of a page. */
  public static String acrossPage(Table table) {
    return "% needs \\usepackage{booktabs}\n"
        + table.fitting(ON_A_PAGE, PAGE).stream()
            .map(each -> new LatexTable(each, ON_A_PAGE).text("table*", "\\footnotesize", "3pt"))
            .collect(Collectors.joining("\n"));
  }

  /**
   * The text of a file for one of two columns of a page: without intervals, and without numbers of
   * parameters where they would not fit.
   */
  public static String inColumn(Table table) {
    Table narrow = IN_A_COLUMN.of(table.columns()) > COLUMN ? table.withoutParameters() : table;
    return "% needs \\usepackage{booktabs}\n"
        + narrow.fitting(IN_A_COLUMN, COLUMN).stream()
            .map(each -> new LatexTable(each, IN_A_COLUMN).text("table", "\\scriptsize", "1.25pt"))
            .collect(Collectors.joining("\n"));
  }

  private String text(String environment, String size, String gap) {
    List<String> lines = new ArrayList<>();
    lines.add("\\begin{" + environment + "}[t]");
    lines.add("\\sloppy\\centering");
    String intervals =
        widths.intervals() ? table.intervals().map(line -> " " + line).orElse("") : "";
    lines.add("\\caption{" + markup.escape(table.caption() + intervals) + "}");
    lines.add("\\label{tab:" + table.id().replaceAll("[^A-Za-z0-9-]", "-") + "}");
    lines.add(size + "\\setlength{\\tabcolsep}{" + gap + "}");
    lines.add("\\begin{tabular}{@{}" + alignment() + "@{}}");
    lines.add("\\toprule");
    lines.add(line(table.columns().stream().map(this::heading).toList()));
    lines.add("\\midrule");
    IntStream.range(0, table.rows())
        .mapToObj(row -> table.columns().stream().map(c -> markup.entry(c, row)).toList())
        .map(LatexTable::line)
        .forEach(lines::add);
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}");
    lines.addAll(footnotes());
    lines.add("\\end{" + environment + "}");
    return String.join("\n", lines) + "\n";
  }

  private String alignment() {
    return table.columns().stream()
        .map(column -> column.isText() ? "l" : "r")
        .collect(Collectors.joining());
  }

  private String heading(Column column) {
    List<String> lines =
        widths.lines(column).stream()
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
