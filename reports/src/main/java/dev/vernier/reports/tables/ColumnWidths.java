package dev.vernier.reports.tables;

import dev.vernier.reports.text.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How wide columns are in print, in units of the font size.
 *
 * @param intervals whether intervals stand behind their numbers
 * @param gap between two columns
 */
record ColumnWidths(boolean intervals, double gap) {
  /** What stands in a heading for the arrow and the mark of a footnote. */
  static final String SIGNS = "\u0000";

  /** Words that are longer are broken into lines. */
  static final double MOST_WORDS = 14;

  private static final double SIGNS_WIDTH = 1.2;
  private static final double DAGGER = 0.55;
  private static final double BOLD = 1.15;
  private static final double INTERVAL = 0.9;

  /** The width of some columns side by side. */
  double of(List<Column> columns) {
    return columns.stream().mapToDouble(this::beside).sum() - gap;
  }

  /** How much wider a column makes others that it stands beside. */
  double beside(Column column) {
    return of(column) + gap;
  }

  private double of(Column column) {
    List<Column.Shown> shown = column.shown();
    double entries =
        IntStream.range(0, shown.size())
            .mapToDouble(row -> entry(column, row, shown.get(row)))
            .max()
            .orElse(0);
    if (column.isText() && entries > MOST_WORDS) {
      return MOST_WORDS;
    }
    double words = words(column).mapToDouble(ColumnWidths::width).max().orElse(0);
    return Math.max(entries, words);
  }

  /** Whether a column holds words that have to be broken into lines. */
  boolean isBroken(Column column) {
    return column.isText() && of(column) >= MOST_WORDS;
  }

  /** Whether intervals stand in a column; those of shares say least, and take as much room. */
  boolean hasIntervals(Column column) {
    return intervals && column.format() != Column.Format.PERCENT;
  }

  /** The heading in lines no wider than the column has to be anyway, {@link #SIGNS} at the end. */
  List<String> lines(Column column) {
    double width = of(column);
    List<String> lines = new ArrayList<>();
    words(column)
        .forEach(
            word -> {
              int last = lines.size() - 1;
              String longer = last < 0 ? word : lines.get(last) + " " + word;
              if (last >= 0 && width(longer) <= width) {
                lines.set(last, longer);
              } else {
                lines.add(word);
              }
            });
    return lines;
  }

  private static Stream<String> words(Column column) {
    Stream<String> signs = column.hasSigns() ? Stream.of(SIGNS) : Stream.empty();
    return Stream.concat(Pattern.compile(" ").splitAsStream(column.heading()), signs);
  }

  private static double width(String line) {
    return line.endsWith(SIGNS)
        ? TextWidth.ems(line.substring(0, line.length() - SIGNS.length())) + SIGNS_WIDTH
        : TextWidth.ems(line);
  }

  private double entry(Column column, int row, Column.Shown shown) {
    boolean below = column.entries().get(row).isBelowFloor();
    boolean interval = hasIntervals(column) && !shown.interval().isEmpty();
    String text = column.isText() ? shown.text() : signed(shown.text());
    return TextWidth.ems(text) * (column.marks().isBest(row) ? BOLD : 1)
        + (below ? DAGGER * shown.values().size() : 0)
        + (interval ? INTERVAL * TextWidth.ems(" " + signed(shown.interval())) : 0);
  }

  /** A minus is as wide as a plus, and not as a hyphen. */
  private static String signed(String numbers) {
    return numbers.replace('-', '+');
  }
}
