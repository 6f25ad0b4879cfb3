package dev.vernier.reports;

import dev.vernier.records.Cell;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Generation;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Phase;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.Generations;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.text.CsvText;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code results.csv}: one row a cell, failed ones included, every digit of every number. A metric
 * that several protocols computed has a column for each, named {@code key@fingerprint}.
 */
public final class ResultsCsv {
  private static final List<String> IDENTITY =
      List.of("experiment", "scale", "cell", "method", "tokenizer", "seed", "status", "error");

  private ResultsCsv() {}

  /** The text of the file. */
  public static String of(List<Run> runs) {
    List<Cell> cells = runs.stream().flatMap(run -> run.cells().stream()).toList();
    List<MeasuredBy> metrics = MeasuredBy.in(cells);
    List<MeasuredBy> usages = MeasuredBy.usage(cells);
    List<Function<Cell, Map<String, String>>> sections =
        List.of(
            cell -> tokenizer(cell.spec()),
            cell -> measured(cell, metrics),
            cell -> used(cell, usages),
            ResultsCsv::timed,
            ResultsCsv::generated,
            ResultsCsv::given,
            ResultsCsv::missing,
            cell -> prefixed("training.", cell.training()),
            cell -> prefixed("setting.", cell.settings()));
    Set<String> header = new LinkedHashSet<>(IDENTITY);
    List<Map<String, String>> rows = new ArrayList<>();
    runs.forEach(run -> run.cells().forEach(cell -> rows.add(identity(run, cell))));
    for (Function<Cell, Map<String, String>> section : sections) {
      for (int i = 0; i < rows.size(); i++) {
        Map<String, String> values = section.apply(cells.get(i));
        header.addAll(values.keySet());
        rows.get(i).putAll(values);
      }
    }
    return CsvText.of(List.copyOf(header), rows);
  }

  private static Map<String, String> identity(Run run, Cell cell) {
    Object[] values = {
      run.record().experiment(),
      run.record().scale(),
      cell.id(),
      cell.method(),
      cell.tokenizer(),
      cell.seed(),
      cell.status(),
      cell.error()
    };
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      put(row, IDENTITY.get(i), values[i]);
    }
    return row;
  }

  private static Map<String, String> tokenizer(TokenizerSpec spec) {
    Optional<TokenizerSpec> known = Optional.ofNullable(spec);
    Map<String, String> row = new LinkedHashMap<>();
    put(row, "codebook_size", known.map(TokenizerSpec::totalCodes).orElse(null));
    put(row, "sub_codebooks", known.map(ResultsCsv::sizes).orElse(null));
    put(row, "bits_per_token", known.map(TokenizerSpec::bitsPerToken).orElse(null));
    put(
        row,
        "downsampling",
        known.map(TokenizerSpec::downsampling).filter(each -> each > 0).orElse(null));
    put(
        row,
        "code_dimension",
        known.map(TokenizerSpec::codeDimension).filter(each -> each > 0).orElse(null));
    put(
        row,
        "parameters",
        known.map(TokenizerSpec::parameters).filter(each -> each > 0).orElse(null));
    put(row, "image_size", known.map(each -> each.imageSize().text()).orElse(null));
    return row;
  }

  private static String sizes(TokenizerSpec spec) {
    return spec.subCodebooks().stream()
        .map(SubCodebook::size)
        .map(String::valueOf)
        .collect(Collectors.joining("+"));
  }

  private static Map<String, String> measured(Cell cell, List<MeasuredBy> metrics) {
    Map<String, String> row = new LinkedHashMap<>();
    for (MeasuredBy by : metrics) {
      Optional<Metric> metric =
          Optional.ofNullable(cell.metrics().get(by.key()))
              .filter(each -> each.protocol().equals(by.protocol()));
      put(row, by.column(), metric.map(Metric::value).orElse(null));
      put(row, by.column() + "_low", metric.map(Metric::low).orElse(null));
      put(row, by.column() + "_high", metric.map(Metric::high).orElse(null));
      put(row, by.column() + "_samples", metric.map(Metric::samples).orElse(null));
      put(row, by.column() + "_protocol", metric.map(Metric::protocol).orElse(null));
    }
    return row;
  }

  private static Map<String, String> used(Cell cell, List<MeasuredBy> usages) {
    Map<String, String> row = new LinkedHashMap<>();
    usages.stream().filter(by -> by.isUsageOf(cell)).forEach(by -> putUse(row, cell, by));
    return row;
  }

  private static void putUse(Map<String, String> row, Cell cell, MeasuredBy by) {
    for (CodebookUse use : cell.codebooks()) {
      String perplexity = by.column(MetricKind.PERPLEXITY.key()) + "." + use.name();
      put(row, by.column() + "." + use.name(), use.usage());
      put(row, by.column("distinct") + "." + use.name(), use.distinct());
      put(row, by.column("entropy_bits") + "." + use.name(), use.entropyBits());
      put(row, perplexity, use.perplexity());
      put(row, perplexity + "_low", use.perplexityLow());
      put(row, perplexity + "_high", use.perplexityHigh());
    }
    put(row, by.column() + "_samples", cell.subCodebooks().get(0).samples());
    put(row, by.column() + "_protocol", by.protocol());
  }

  private static Map<String, String> timed(Cell cell) {
    Map<String, String> row = new LinkedHashMap<>();
    for (Phase phase : cell.phases()) {
      put(row, "seconds." + phase.name(), phase.seconds());
      put(row, "images_per_second." + phase.name(), phase.imagesPerSecond());
    }
    return row;
  }

  private static Map<String, String> generated(Cell cell) {
    Map<String, String> row = new LinkedHashMap<>(Generations.deciding(cell));
    Optional.ofNullable(cell.generation())
        .map(Generation::spec)
        .ifPresent(
            spec -> {
              put(row, "generator_parameters", spec.parameters());
              put(row, "trunk_parameters", known(spec.trunkParameters()));
              put(row, "head_parameters", known(spec.headParameters()));
            });
    Generations.subTokensPerSecond(cell).ifPresent(rate -> put(row, "sub_tokens_per_second", rate));
    return row;
  }

  /** Of a generator that does not tell its head from its trunk, nobody knows how large they are. */
  private static Long known(long parameters) {
    return parameters == 0 ? null : parameters;
  }

  private static Map<String, String> given(Cell cell) {
    Map<String, String> row = new LinkedHashMap<>();
    Optional.ofNullable(cell.given())
        .ifPresent(
            taken -> {
              String column = "given_" + taken.kind().name().toLowerCase(Locale.ROOT);
              put(row, column, taken.path());
              put(row, column + "_sha256", taken.hash());
            });
    return row;
  }

  private static Map<String, String> missing(Cell cell) {
    return prefixed("missing.", cell.missing());
  }

  private static Map<String, String> prefixed(String prefix, Map<String, String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    values.forEach((name, value) -> put(row, prefix + name, value));
    return row;
  }

  /** Absent values stay as empty columns, so that the header does not depend on the first cell. */
  private static void put(Map<String, String> row, String name, Object value) {
    row.put(name, value == null ? "" : String.valueOf(value));
  }
}
