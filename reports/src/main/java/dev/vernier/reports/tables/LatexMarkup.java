package dev.vernier.reports.tables;

import java.util.stream.Collectors;

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
    return text.chars().mapToObj(c -> escape((char) c)).collect(Collectors.joining());
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

  private static String escape(char c) {
    return switch (c) {
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
      case '\\' -> "\\textbackslash{}";
      case 'Δ' -> "$\\Delta$";
      case '×' -> "$\\times$";
      case '†' -> "$^{\\dagger}$";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      // A bracket at the start of a row would be read as the argument of the line break.
      case '[' -> "{[}";
      case ']' -> "{]}";
      // An empty line would end the row.
      case '\n', '\r', '\t' -> " ";
      default -> String.valueOf(c);
    };
  }
}
