package dev.vernier.reports.tables;

import dev.vernier.reports.text.LatexText;
import java.util.regex.Pattern;

/**
 * What LaTeX calls what.
 *
 * @param widths say where there is room for intervals
 */
record LatexMarkup(ColumnWidths widths) implements Markup {
  private static final Pattern SIGN = Pattern.compile("(?<![\\w-])-(?=\\d)");

  @Override
  public boolean hasIntervals(Column column) {
    return widths.hasIntervals(column);
  }

  /** A hyphen before a number is its sign. */
  @Override
  public String escape(String text) {
    return SIGN.matcher(LatexText.escape(text)).replaceAll("\\$-\\$");
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
