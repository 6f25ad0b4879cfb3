package dev.vernier.reports.text;

import java.util.stream.Collectors;

/** Text inside LaTeX. */
public final class LatexText {
  private LatexText() {}

  /** The text without a meaning to LaTeX. */
  public static String escape(String text) {
    return text.chars().mapToObj(c -> escape((char) c)).collect(Collectors.joining());
  }

  private static String escape(char c) {
    return switch (c) {
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
      case '\\' -> "\\textbackslash{}";
      case 'Δ' -> "$\\Delta$";
      case '×' -> "$\\times$";
      case '↓' -> "$\\downarrow$";
      case '↑' -> "$\\uparrow$";
      case '†' -> "$^{\\dagger}$";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      // Its command is unknown in OT1, where the typewriter font has it at its own place.
      case '"' -> "{\\ttfamily\\char34}";
      // A bracket at the start of a row would be read as the argument of the line break.
      case '[' -> "{[}";
      case ']' -> "{]}";
      // An empty line would end the row, and other control characters a run of TeX.
      default -> c > 0 && Character.isISOControl(c) ? " " : String.valueOf(c);
    };
  }
}
