package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Format;
import dev.vernier.reports.tables.Column.Marks;
import dev.vernier.reports.tables.Column.Source;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The columns of all that is known of some rows. */
final class MetricColumns {
  static final String METHOD = "method";
  static final String SIZE = "codebook_size";
  static final String BITS = "bits_per_token";
  static final String PARAMETERS = "parameters";
  static final String GENERATOR = "generator_parameters";
  static final String TRUNK = "trunk_parameters";
  static final String HEAD = "head_parameters";
  private static final String DOWNSAMPLING = "downsampling";
  private static final String DIMENSION = "code_dimension";
  private static final String SEEDS = "seeds";
  private static final String USAGE_EACH = "usage_per_codebook";
  private static final String TRAINING_RATE = "train_images_per_second";
  private static final String SAMPLING_RATE = "sub_tokens_per_second";
  private static final double MILLION = 1e6;

  private final List<Row> rows;
  private final Floor floor;
  private final Ranking ranking;
  private final PairedTests tests;

  private MetricColumns(List<Row> rows, Floor floor, PairedTests tests) {
    this.rows = rows;
    this.floor = floor;
    this.ranking = new Ranking(rows, tests);
    this.tests = tests;
  }

  /** Names of the columns that are no metrics of the catalogue. */
  static List<String> otherNames() {
    return List.of(
        SIZE,
        BITS,
        PARAMETERS,
        GENERATOR,
        TRUNK,
        HEAD,
        DOWNSAMPLING,
        DIMENSION,
        SEEDS,
        USAGE_EACH,
        TRAINING_RATE,
        SAMPLING_RATE);
  }

  /**
   * The columns, that of the method first.
   *
   * @param floor what the rows are measured against; metrics of which neither direction is better
   *     bear no mark, since the number is no worse than the floor's
   * @param contrasts of a metric, which stand beside it
   * @param tests what tells the best from the others
   */
  static List<Column> of(
      List<Row> rows, List<MeasuredBy> metrics, Floor floor, Contrasts contrasts, PairedTests tests)
      throws IOException {
    MetricColumns of = new MetricColumns(rows, floor, tests);
    List<Column> columns = new ArrayList<>(of.identity());
    for (MeasuredBy metric : metrics) {
      columns.add(of.measured(metric));
      if (metric.key().equals(contrasts.key())) {
        columns.addAll(ContrastColumns.of(metric, rows, contrasts));
      }
    }
    Stream.concat(of.use().stream(), of.rates().stream())
        .filter(Column::numeric)
        .forEach(columns::add);
    return columns;
  }

  private List<Column> identity() {
    List<Column> columns = new ArrayList<>();
    columns.add(described(METHOD, "Method", Format.TEXT, row -> Entry.text(row.label())));
    columns.add(
        ofSpec(
            SIZE,
            "Codebook size",
            spec -> Entry.text(size(spec), String.valueOf(spec.totalCodes()))));
    columns.add(
        ofSpec(
            BITS,
            "Bits",
            spec ->
                Entry.text(
                    String.format(Locale.ROOT, "%.1f", spec.bitsPerToken()),
                    String.valueOf(spec.bitsPerToken()))));
    columns.add(ofSpec(PARAMETERS, "Params (M)", spec -> millions(spec.parameters(), 2)));
    columns.add(ofSpec(DOWNSAMPLING, "f", spec -> whole(spec, TokenizerSpec::downsampling)));
    columns.add(ofSpec(DIMENSION, "dim", spec -> whole(spec, TokenizerSpec::codeDimension)));
    columns.add(described(SEEDS, "Seeds", Format.NUMBER, MetricColumns::seeds));
    Stream.of(
            ofGenerator(GENERATOR, "Generator (M)", 1, GeneratorSpec::parameters),
            ofGenerator(TRUNK, "Trunk (M)", 2, GeneratorSpec::trunkParameters),
            ofGenerator(HEAD, "Head (M)", 2, GeneratorSpec::headParameters))
        .flatMap(Optional::stream)
        .forEach(columns::add);
    return columns;
  }

  /** A number of parameters; empty where no row has it. */
  private Optional<Column> ofGenerator(
      String name, String heading, int decimals, ToLongFunction<GeneratorSpec> parameters) {
    boolean known =
        rows.stream()
            .flatMap(row -> row.generator().stream())
            .anyMatch(each -> parameters.applyAsLong(each) > 0);
    return known
        ? Optional.of(
            described(
                name,
                heading,
                Format.NUMBER,
                row ->
                    row.generator()
                        .map(each -> millions(parameters.applyAsLong(each), decimals))
                        .orElse(Entry.text(""))))
        : Optional.empty();
  }

  private Column measured(MeasuredBy metric) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Row row : rows) {
      entries.add(entry(metric, row));
    }
    Column column =
        new Column(
            metric.column(),
            heading(metric.key(), metric.label()),
            format(metric.key()),
            new Source(metric.protocol(), metric.samples()),
            metric.better(),
            entries,
            Marks.NONE);
    return marked(against(column, row -> isBelow(row, metric)), metric.key());
  }

  /** By the metric itself; where another one judges it, by that. */
  private boolean isBelow(Row row, MeasuredBy metric) {
    boolean judged = MetricKind.of(metric.key()).filter(kind -> kind.judge() != kind).isPresent();
    return judged ? floor.below(row, metric.key()) : floor.below(row, metric);
  }

  /** What a generator draws is other images at every seed: intervals over these are over both. */
  private Entry entry(MeasuredBy metric, Row row) throws IOException {
    Optional<Estimate> estimate =
        row.generates() ? tests.estimate(row, metric) : row.metric(metric.key(), metric.protocol());
    List<Estimate> numbers = estimate.stream().toList();
    return numbers.isEmpty() && row.missing(metric.key()).isPresent()
        ? Entry.text("missing", "")
        : Entry.numbers(numbers);
  }

  /** How the codes are used: in all, and each sub-codebook where there are several. */
  private List<Column> use() throws IOException {
    List<Column> columns = new ArrayList<>();
    for (MeasuredBy usage : MeasuredBy.usage(Row.cellsOf(rows))) {
      columns.addAll(use(usage));
    }
    return columns;
  }

  /** The same as one protocol counted it. */
  private List<Column> use(MeasuredBy usage) throws IOException {
    Predicate<Row> below = row -> floor.below(row, usage.key());
    Column all =
        counted(
            usage,
            MetricKind.USAGE.key(),
            heading(usage.key(), usage.label()),
            Format.PERCENT,
            Better.HIGHER,
            row -> row.totalUsage().stream().toList());
    Column each =
        counted(
            usage,
            USAGE_EACH,
            "Usage of each (%)",
            Format.PERCENT,
            Better.HIGHER,
            row -> row.usage().size() > 1 ? row.usage() : List.of());
    Column perplexity =
        counted(
            usage,
            MetricKind.PERPLEXITY.key(),
            MetricKind.PERPLEXITY.label(),
            Format.NUMBER,
            Better.NEITHER,
            Row::perplexity);
    return List.of(marked(against(all, below), usage.key()), against(each, below), perplexity);
  }

  private List<Column> rates() {
    return List.of(
        rate(TRAINING_RATE, "Train img/s", row -> row.throughput("train")),
        rate(SAMPLING_RATE, "Sub-tokens/s", Row::subTokensPerSecond));
  }

  private Column rate(String name, String heading, Function<Row, Optional<Estimate>> rate) {
    return numbers(
        name,
        heading,
        Format.NUMBER,
        Source.NONE,
        Better.NEITHER,
        row -> rate.apply(row).stream().toList());
  }

  private Column counted(
      MeasuredBy usage,
      String name,
      String heading,
      Format format,
      Better better,
      Function<Row, List<Estimate>> numbers) {
    return numbers(
        usage.column(name),
        heading,
        format,
        usage.protocol().isEmpty() ? Source.NONE : new Source(usage.protocol(), usage.samples()),
        better,
        row -> row.isMeasuredBy(usage) ? numbers.apply(row) : List.of());
  }

  private Column numbers(
      String name,
      String heading,
      Format format,
      Source source,
      Better better,
      Function<Row, List<Estimate>> numbers) {
    return new Column(
        name,
        heading,
        format,
        source,
        better,
        rows.stream().map(numbers).map(Entry::numbers).toList(),
        Marks.NONE);
  }

  private Column marked(Column column, String key) throws IOException {
    return column.withMarks(ranking.of(column, key));
  }

  private Column against(Column column, Predicate<Row> isBelow) {
    return floor.isDeclared() && column.better() != Better.NEITHER
        ? column.withEntries(
            IntStream.range(0, rows.size())
                .mapToObj(i -> column.entries().get(i).measured(isBelow.test(rows.get(i))))
                .toList())
        : column;
  }

  /** The label with its unit. */
  static String heading(String key, String label) {
    if (key.equals(MetricKind.PSNR.key()) || key.equals(MetricKind.PSNR_POOLED.key())) {
      return label + " (dB)";
    }
    return format(key) == Format.PERCENT ? label + " (%)" : label;
  }

  private static Format format(String key) {
    return key.equals(MetricKind.USAGE.key()) || key.equals(MetricKind.RAREFIED_USAGE.key())
        ? Format.PERCENT
        : Format.NUMBER;
  }

  /** Of a tokenizer that is known by its reconstructions alone, nobody knows the parameters. */
  private static Entry millions(long parameters, int decimals) {
    if (parameters == 0) {
      return Entry.text("");
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", parameters / MILLION);
    return Entry.text(text, String.valueOf(parameters));
  }

  private static Entry seeds(Row row) {
    String count = String.valueOf(row.cells().size());
    return Entry.text(row.untrained() ? "given" : count, count);
  }

  private static Entry whole(TokenizerSpec spec, ToLongFunction<TokenizerSpec> number) {
    long known = number.applyAsLong(spec);
    return Entry.text(known == 0 ? "" : String.valueOf(known));
  }

  private Column ofSpec(String name, String heading, Function<TokenizerSpec, Entry> entry) {
    return described(
        name, heading, Format.NUMBER, row -> row.spec().map(entry).orElse(Entry.text("")));
  }

  private Column described(String name, String heading, Format format, Function<Row, Entry> entry) {
    return Column.described(name, heading, format, rows.stream().map(entry).toList());
  }

  /** The sizes of the sub-codebooks, such as {@code 1,024 × 2} or {@code 128 + 16}. */
  private static String size(TokenizerSpec spec) {
    List<SubCodebook> books = spec.subCodebooks();
    List<String> sizes = books.stream().map(each -> grouped(each.size())).toList();
    return sizes.stream().distinct().count() > 1
        ? sizes.stream().collect(Collectors.joining(" + "))
        : sizes.get(0) + (sizes.size() == 1 ? "" : " × " + sizes.size());
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
