package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All metrics of all rows. A metric that several protocols computed has a column for each.
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
   * The table of some rows.
   *
   * @param floor what the rows are measured against; metrics of which neither direction is better
   *     bear no mark, since the number is no worse than the floor's
   * @param contrasts of a metric, which stand beside it
   */
  public static Table of(
      String id,
      String caption,
      List<Row> rows,
      List<MeasuredBy> metrics,
      Floor floor,
      Contrasts contrasts) {
    List<Column> columns = new ArrayList<>();
    columns.add(described("method", "Method", rows, Row::label, Row::label));
    columns.add(
        described(
            "codebook_size",
            "Codebook size",
            rows,
            row -> spec(row, Table::size),
            row -> spec(row, spec -> String.valueOf(spec.totalCodes()))));
    columns.add(
        described(
            "bits_per_token",
            "Bits/token",
            rows,
            row -> spec(row, spec -> String.format(Locale.ROOT, "%.1f", spec.bitsPerToken())),
            row -> spec(row, spec -> String.valueOf(spec.bitsPerToken()))));
    columns.add(
        described(
            "parameters",
            "Params",
            rows,
            row -> spec(row, spec -> millions(spec.parameters(), 2)),
            row -> spec(row, spec -> String.valueOf(spec.parameters()))));
    columns.add(ofSpec("downsampling", "f", rows, TokenizerSpec::downsampling));
    columns.add(ofSpec("code_dimension", "dim", rows, TokenizerSpec::codeDimension));
    columns.add(
        described(
            "seeds",
            "Seeds",
            rows,
            row -> row.untrained() ? "given" : String.valueOf(row.cells().size()),
            row -> String.valueOf(row.cells().size())));
    if (rows.stream().anyMatch(row -> row.generator().isPresent())) {
      columns.add(
          described(
              "generator_parameters",
              "Generator",
              rows,
              row -> generator(row, count -> millions(count, 1)),
              row -> generator(row, String::valueOf)));
    }
    for (MeasuredBy metric : metrics) {
      Column column = measured(metric, rows);
      columns.add(
          metric.better() == Better.NEITHER
              ? column
              : against(floor, column, rows, row -> floor.below(row, metric)));
      if (metric.key().equals(contrasts.key())) {
        columns.addAll(ContrastColumns.of(metric, rows, contrasts));
      }
    }
    Column usage = numbers(MetricKind.USAGE, rows, Row::usage);
    addIfAny(columns, against(floor, usage, rows, row -> floor.below(row, MetricKind.USAGE.key())));
    addIfAny(columns, numbers(MetricKind.PERPLEXITY, rows, Row::perplexity));
    addIfAny(
        columns,
        numbers(
            "train_images_per_second",
            "Train img/s",
            Better.NEITHER,
            rows,
            row -> row.throughput("train").stream().toList()));
    addIfAny(
        columns,
        numbers(
            "sub_tokens_per_second",
            "Sub-tokens/s",
            Better.NEITHER,
            rows,
            row -> row.subTokensPerSecond().stream().toList()));
    String marked = caption + marks(columns, floor) + missing(rows);
    String all = contrasts.isEmpty() ? marked : marked + " " + contrasts.caption();
    return new Table(id, all, columns, rows.size());
  }

  private static String generator(Row row, LongFunction<String> text) {
    return row.generator().map(each -> text.apply(each.parameters())).orElse("");
  }

  private static String millions(long parameters, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f M", parameters / 1e6);
  }

  private static Column against(
      Floor floor, Column column, List<Row> rows, Predicate<Row> isBelow) {
    return floor.isDeclared()
        ? column.withEntries(
            IntStream.range(0, rows.size())
                .mapToObj(i -> column.entries().get(i).measured(isBelow.test(rows.get(i))))
                .toList())
        : column;
  }

  private static String marks(List<Column> columns, Floor floor) {
    boolean any =
        columns.stream().flatMap(column -> column.entries().stream()).anyMatch(Entry::isBelowFloor);
    return any
        ? (" %s worse than %s of the same size, or of the next smaller one where there is none: below"
                + " the floor; of usage the %s decides, of a generator that of its tokenizer.")
            .formatted(BELOW_FLOOR, floor.name(), MetricKind.USAGE.judge().label())
        : "";
  }

  /** Which numbers are not there, and why. */
  private static String missing(List<Row> rows) {
    String words =
        rows.stream()
            .flatMap(row -> row.cells().stream())
            .flatMap(cell -> cell.missing().keySet().stream())
            .distinct()
            .map(
                key ->
                    MetricKind.of(key).map(MetricKind::label).orElse(key)
                        + " ("
                        + missing(rows, key)
                        + ")")
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : " Missing: " + words + ".";
  }

  private static String missing(List<Row> rows, String key) {
    return rows.stream()
        .flatMap(row -> row.missing(key).stream())
        .collect(Collectors.joining("; "));
  }

  private static void addIfAny(List<Column> columns, Column column) {
    if (column.numeric()) {
      columns.add(column);
    }
  }

  private static Column measured(MeasuredBy metric, List<Row> rows) {
    return new Column(
        metric.column(),
        metric.label(),
        metric.protocol(),
        metric.samples(),
        metric.better(),
        rows.stream().map(row -> entry(metric, row)).toList());
  }

  private static Entry entry(MeasuredBy metric, Row row) {
    List<Estimate> numbers = row.metric(metric.key(), metric.protocol()).stream().toList();
    return numbers.isEmpty() && row.missing(metric.key()).isPresent()
        ? Entry.text("missing", "")
        : Entry.numbers(numbers);
  }

  private static Column numbers(
      MetricKind kind, List<Row> rows, Function<Row, List<Estimate>> numbers) {
    return numbers(kind.key(), kind.label(), kind.better(), rows, numbers);
  }

  private static Column numbers(
      String name,
      String heading,
      Better better,
      List<Row> rows,
      Function<Row, List<Estimate>> numbers) {
    return new Column(
        name, heading, "", "", better, rows.stream().map(numbers).map(Entry::numbers).toList());
  }

  private static Column ofSpec(
      String name, String heading, List<Row> rows, Function<TokenizerSpec, Integer> number) {
    Function<Row, String> text = row -> spec(row, spec -> String.valueOf(number.apply(spec)));
    return described(name, heading, rows, text, text);
  }

  private static Column described(
      String name,
      String heading,
      List<Row> rows,
      Function<Row, String> text,
      Function<Row, String> raw) {
    return new Column(
        name,
        heading,
        "",
        "",
        Better.NEITHER,
        rows.stream().map(row -> Entry.text(text.apply(row), raw.apply(row))).toList());
  }

  private static String spec(Row row, Function<TokenizerSpec, String> part) {
    return row.spec().map(part).orElse("");
  }

  private static String size(TokenizerSpec spec) {
    String total = String.valueOf(spec.totalCodes());
    return spec.subCodebooks().size() == 1
        ? total
        : spec.subCodebooks().stream()
            .map(SubCodebook::size)
            .map(String::valueOf)
            .collect(Collectors.joining(" + ", total + " (", ")"));
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
    if (bases.contains(Estimate.Basis.METRIC)) {
      said.add(
          "of the metric over images where there are fewer seeds, of a Frechet distance at this N with"
              + " its bias");
    }
    if (bases.contains(Estimate.Basis.DIFFERENCE)) {
      said.add("of a difference over seeds and images (Student's t), as its test says");
    }
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of("In brackets 95% intervals: " + String.join(", ", said) + ".");
  }
}
