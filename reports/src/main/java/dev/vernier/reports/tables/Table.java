package dev.vernier.reports.tables;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.tables.Column.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns with a caption.
 *
 * @param id label in LaTeX
 * @param caption what stands above it
 * @param columns from left to right, all of the same number of entries
 * @param rows number of rows
 */
public record Table(String id, String caption, List<Column> columns, int rows) {
  /** What marks a number below the floor. */
  static final String BELOW_FLOOR = "†";

  /** Copies the list. */
  public Table {
    columns = List.copyOf(columns);
  }

  /**
   * A footnote: which columns were computed by what.
   *
   * @param mark a letter
   * @param source what computed them
   */
  public record Footnote(String mark, Source source) {
    /** The protocol and the number of samples. */
    public String words() {
      return "protocol %s, N = %s".formatted(source.protocol(), source.samples());
    }
  }

  /** What a format makes of the columns, row by row. */
  <T> List<List<T>> byRow(Function<Column, List<T>> format) {
    List<List<T>> formatted = columns.stream().map(format).toList();
    return IntStream.range(0, rows)
        .mapToObj(row -> formatted.stream().map(column -> column.get(row)).toList())
        .toList();
  }

  /** A footnote for each protocol and number of samples, in the order of the columns. */
  public List<Footnote> footnotes() {
    List<Source> sources =
        columns.stream()
            .map(Column::source)
            .filter(source -> !source.equals(Source.NONE))
            .distinct()
            .toList();
    List<Footnote> footnotes = new ArrayList<>();
    for (Source source : sources) {
      footnotes.add(new Footnote(letter(footnotes.size()), source));
    }
    return footnotes;
  }

  /** {@code a} to {@code z}, then {@code aa} and so on. */
  private static String letter(int position) {
    int letters = 'z' - 'a' + 1;
    String last = String.valueOf((char) ('a' + position % letters));
    return position < letters ? last : letter(position / letters - 1) + last;
  }

  /** The mark of the footnote of a column; empty where it has none. */
  public String mark(Column column) {
    return footnotes().stream()
        .filter(each -> each.source().equals(column.source()))
        .map(Footnote::mark)
        .findFirst()
        .orElse("");
  }

  /** The same without the columns that a narrow page can spare. */
  Table withoutParameters() {
    List<String> spared = List.of(MetricColumns.PARAMETERS, MetricColumns.GENERATOR);
    return new Table(
        id,
        caption,
        columns.stream().filter(column -> !spared.contains(column.name())).toList(),
        rows);
  }

  /**
   * The same as tables that fit a width, about as wide as each other, each with the columns that
   * name a row. A single column that is too wide stands alone with them.
   *
   * @param measure how wide a column is
   */
  List<Table> fitting(ColumnWidths measure, double width) {
    List<Column> naming = columns.stream().filter(Column::namesRows).toList();
    List<Column> others = columns.stream().filter(column -> !column.namesRows()).toList();
    List<List<Column>> parts = new ColumnParts(others, measure).within(width - measure.of(naming));
    return parts.size() == 1
        ? List.of(this)
        : IntStream.range(0, parts.size())
            .mapToObj(i -> part(i + 1, naming, parts.get(i)))
            .toList();
  }

  private Table part(int number, List<Column> naming, List<Column> others) {
    List<Column> all = Stream.concat(naming.stream(), others.stream()).toList();
    return new Table(id + "-" + number, caption, all, rows);
  }

  private boolean has(MetricKind metric) {
    return columns.stream().anyMatch(column -> column.key().equals(metric.key()));
  }

  /** What the intervals in brackets are, in words; empty where there are none. */
  public Optional<String> intervals() {
    List<Estimate.Basis> bases =
        columns.stream()
            .flatMap(column -> column.entries().stream())
            .flatMap(entry -> entry.numbers().stream())
            .map(Estimate::basis)
            .distinct()
            .toList();
    List<String> said = new ArrayList<>();
    if (bases.contains(Estimate.Basis.SEEDS)) {
      said.add(
          "over seeds, on the same images (Student's t), where there are at least "
              + Estimate.SEEDS_FOR_INTERVAL);
    }
    if (bases.contains(Estimate.Basis.SEEDS_AND_IMAGES)) {
      said.add(
          "over seeds and, besides, over the images (Student's t), where there are at least "
              + Estimate.SEEDS_FOR_INTERVAL
              + " seeds and the images were resampled, or differ from seed to seed");
    }
    if (bases.contains(Estimate.Basis.METRIC)) {
      said.add(
          "of the metric over images where there are fewer seeds, of a Frechet distance at this N with"
              + " its bias"
              + (has(MetricKind.MUTUAL_INFORMATION_NULL)
                  ? ", of mutual information if independent over single permutations"
                  : ""));
    }
    if (bases.contains(Estimate.Basis.DIFFERENCE)) {
      said.add("of a difference over seeds and images (Student's t), as its test says");
    }
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of("In brackets 95% intervals: " + String.join(", ", said) + ".");
  }
}
