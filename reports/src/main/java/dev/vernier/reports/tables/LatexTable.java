package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in LaTeX, with the rules of the booktabs package. */
public final class LatexTable {
  private static final Markup MARKUP =
      new Markup() {
        @Override
        public String escape(String text) {
          return LatexTable.escape(text);
        }

        @Override
        public String bold(String escaped) {
          return "\\textbf{" + escaped + "}";
        }

        @Override
        public String interval(String escaped) {
          return " {\\scriptsize " + escaped + "}";
        }
      };

  private LatexTable() {}

  /** The text of the file. */
  public static String of(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add("% needs \\usepackage{booktabs} and \\usepackage{graphicx}");
    lines.add("\\begin{table*}");
    lines.add("\\centering");
    String intervals = table.intervals().map(line -> " " + line).orElse("");
    lines.add("\\caption{" + escape(table.caption() + intervals) + "}");
    lines.add("\\label{tab:" + table.id().replaceAll("[^A-Za-z0-9-]", "-") + "}");
    lines.add("\\resizebox{\\linewidth}{!}{%");
    lines.add("\\begin{tabular}{l" + "r".repeat(table.columns().size() - 1) + "}");
    lines.add("\\toprule");
    lines.add(line(table.columns().stream().map(LatexTable::heading).toList()));
    if (table.columns().stream().anyMatch(column -> !column.protocol().isEmpty())) {
      lines.add(line(table.columns().stream().map(LatexTable::protocol).toList()));
      lines.add(line(table.columns().stream().map(LatexTable::samples).toList()));
    }
    lines.add("\\midrule");
    IntStream.range(0, table.rows())
        .mapToObj(row -> table.columns().stream().map(c -> MARKUP.entry(c, row)).toList())
        .map(LatexTable::line)
        .forEach(lines::add);
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}}");
    lines.add("\\end{table*}");
    return String.join("\n", lines) + "\n";
  }

  private static String heading(Column column) {
    String arrow =
        switch (column.better()) {
          case HIGHER -> " $\\uparrow$";
          case LOWER -> " $\\downarrow$";
          case NEITHER -> "";
        };
    return escape(column.heading()) + arrow;
  }

  private static String protocol(Column column) {
    return column.protocol().isEmpty() ? "" : "{\\scriptsize " + escape(column.protocol()) + "}";
  }

  private static String samples(Column column) {
    return column.samples().isEmpty()
        ? ""
        : "{\\scriptsize $N$ = " + escape(column.samples()) + "}";
  }

  private static String line(List<String> entries) {
    return entries.stream().collect(Collectors.joining(" & ", "", " \\\\"));
  }

  static String escape(String text) {
    return text.chars().mapToObj(c -> escape((char) c)).collect(Collectors.joining());
  }

  private static String escape(char c) {
    return switch (c) {
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
      case '\\' -> "\\textbackslash{}";
      case 'Δ' -> "$\\Delta$";
      case '†' -> "$^{\\dagger}$";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      // A bracket at the start of a row would be read as the argument of the line break.
      case '[' -> "{[}";
      case ']' -> "{]}";
      default -> String.valueOf(c);
    };
  }
}
