package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The method that an experiment declared as its floor: what is worse than it has learned too little
 * to be compared. A row is measured against the floor of the same runs and the same total size;
 * where there is none of that size, against that of the next smaller one, which fewer codes make
 * easier to beat. A generator stands on a tokenizer, and falls with it.
 *
 * @param runs the runs that the rows were made of, the floor's name in their records
 * @param rows all rows
 */
public record Floor(List<Run> runs, List<Row> rows) {
  /** Copies the lists. */
  public Floor {
    runs = List.copyOf(runs);
    rows = List.copyOf(rows);
  }

  /** Whether any run declared one. */
  public boolean isDeclared() {
    return runs.stream().anyMatch(run -> run.record().floor() != null);
  }

  /** The name of the method; those of several runs joined by {@code or}. */
  public String name() {
    return runs.stream()
        .map(run -> run.record().floor())
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /** Whether a row is the floor of a run it comes from. */
  public boolean is(Row row) {
    return row.runs().stream().anyMatch(run -> isFloorOf(run, row));
  }

  /**
   * Whether a row is worse than the floor by a metric, each as the mean over its seeds; of a
   * generator, whether a tokenizer is that it stands on, by its rFID.
   *
   * @param key of the metric, by any protocol that both were measured by; what decides is its
   *     {@link MetricKind#judge}
   */
  public boolean below(Row row, String key) {
    return row.generates()
        ? standsBelow(row)
        : judging(row, key).stream().anyMatch(metric -> below(row, metric));
  }

  /**
   * Whether a row is worse than the floor by a metric as one protocol computes it, or stands so.
   */
  public boolean below(Row row, MeasuredBy metric) {
    if (row.generates()) {
      return standsBelow(row);
    }
    Optional<Estimate> own = row.metric(metric.key(), metric.protocol());
    return own.isPresent()
        && nearestTo(row, metric)
            .flatMap(floor -> floor.metric(metric.key(), metric.protocol()).stream())
            .anyMatch(floor -> worse(own.get().value(), floor.value(), metric.better()));
  }

  /**
   * Whether a run of the row declares a floor, and has no cell of it with the number that would
   * judge: nobody knows then whether the row has learned anything.
   */
  public boolean isMissing(Row row, String key) {
    if (row.generates()) {
      return tokenizersOf(row).anyMatch(each -> isMissing(each, MetricKind.RFID.key()));
    }
    List<MeasuredBy> judging = judging(row, key);
    return !is(row)
        && !judging.isEmpty()
        && row.runs().stream().anyMatch(run -> runs.get(run - 1).record().floor() != null)
        && judging.stream().noneMatch(metric -> floorsOf(row, metric).findAny().isPresent());
  }

  private static List<MeasuredBy> judging(Row row, String key) {
    String judge = MetricKind.of(key).map(MetricKind::judge).map(MetricKind::key).orElse(key);
    return MeasuredBy.in(row.cells()).stream()
        .filter(metric -> metric.key().equals(judge))
        .toList();
  }

  /**
   * The floors of the same size; where there is none, those of the next smaller size; where all are
   * larger, as beside sub-tokens of few codes each, those of the next lower rate.
   */
  private Stream<Row> nearestTo(Row row, MeasuredBy metric) {
    List<Row> floors = floorsOf(row, metric).toList();
    Optional<Long> nearest =
        floors.stream()
            .filter(row::sizedLike)
            .map(Row::size)
            .min(Comparator.comparingLong(size -> Math.abs(size - row.size())))
            .or(() -> largest(floors, each -> each.size() < row.size()))
            .or(() -> largest(floors, each -> each.bits() < row.bits()));
    return floors.stream().filter(each -> nearest.filter(size -> size == each.size()).isPresent());
  }

  private static Optional<Long> largest(List<Row> floors, Predicate<Row> wanted) {
    return floors.stream().filter(wanted).map(Row::size).max(Comparator.naturalOrder());
  }

  private Stream<Row> floorsOf(Row row, MeasuredBy metric) {
    return is(row)
        ? Stream.empty()
        : rows.stream()
            .filter(
                each ->
                    each.runs().stream()
                        .filter(row.runs()::contains)
                        .anyMatch(run -> isFloorOf(run, each)))
            .filter(each -> each.metric(metric.key(), metric.protocol()).isPresent());
  }

  private boolean standsBelow(Row generator) {
    return tokenizersOf(generator).anyMatch(row -> below(row, MetricKind.RFID.key()));
  }

  private Stream<Row> tokenizersOf(Row generator) {
    Cell cell = generator.cells().get(0);
    return rows.stream()
        .filter(row -> !row.generates() && row.runs().stream().anyMatch(generator.runs()::contains))
        .filter(row -> isTokenizerOf(row.cells().get(0), cell));
  }

  private static boolean isTokenizerOf(Cell tokenizer, Cell generator) {
    return Objects.equals(tokenizer.tokenizer(), generator.tokenizer())
        && tokenizer.settings().equals(generator.settings())
        && tokenizer.training().equals(generator.training())
        && Objects.equals(tokenizer.spec(), generator.spec())
        && Objects.equals(tokenizer.given(), generator.given());
  }

  private boolean isFloorOf(int run, Row row) {
    return row.method().equals(runs.get(run - 1).record().floor());
  }

  private static boolean worse(double value, double floor, Better better) {
    return switch (better) {
      case HIGHER -> value < floor;
      case LOWER -> value > floor;
      case NEITHER -> false;
    };
  }
}
