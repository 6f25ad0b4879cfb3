package dev.vernier.reports.tables;

import dev.vernier.reports.text.LatexText;

/**
 * What LaTeX calls what.
 *
 * @param widths say where there is room for intervals
 */
record LatexMarkup(ColumnWidths widths) implements Markup {
  @Override
  public boolean hasIntervals(Column column) {
    return widths.hasIntervals(column);
  }

  @Override
  public String escape(String text) {
    return LatexText.escape(text);
  }

  @Override
  public String best(String escaped) {
    return "\\textbf{" + escaped + "}";
  }

  @Override
  public String second(String escaped) {
    return "\\underline{" + escaped + "}";
  }

  @Override
  public String interval(String escaped) {
    return " {\\scriptsize " + escaped + "}";
  }
}
