package dev.vernier.reports.tables;

import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.text.NumberText;
import dev.vernier.reports.text.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    return columns.stream().mapToDouble(column -> of(column) + gap).sum() - gap;
  }

  private double of(Column column) {
    double entries =
        IntStream.range(0, column.entries().size())
            .mapToDouble(row -> entry(column, row))
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

  private double entry(Column column, int row) {
    Entry entry = column.entries().get(row);
    if (entry.numbers().isEmpty()) {
      return TextWidth.ems(entry.text());
    }
    int decimals = column.decimals();
    List<Estimate> numbers = entry.numbers().stream().map(column.format()::shown).toList();
    String values =
        numbers.stream()
            .map(number -> NumberText.of(number.value(), decimals))
            .collect(Collectors.joining(" / "));
    double daggers = entry.isBelowFloor() ? DAGGER * numbers.size() : 0;
    return TextWidth.ems(values) * (column.marks().isBest(row) ? BOLD : 1)
        + daggers
        + (hasIntervals(column) ? interval(numbers, decimals) : 0);
  }

  private static double interval(List<Estimate> numbers, int decimals) {
    String text = numbers.size() == 1 ? NumberText.of(numbers.get(0).interval(), decimals) : "";
    return text.isEmpty() ? 0 : INTERVAL * TextWidth.ems(" " + text);
  }
}
