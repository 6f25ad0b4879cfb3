package dev.vernier.reports.comparison;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The method that an experiment declared as its floor: what is worse than it has learned too little
 * to be compared. A row is measured against the floor's rows of the same runs and the same total
 * size; where there are none, nothing is below.
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
   * Whether a row is worse than the floor by a metric, each as the mean over its seeds.
   *
   * @param key of the metric, by any protocol that both were measured by; what decides is its
   *     {@link MetricKind#judge}
   */
  public boolean below(Row row, String key) {
    String judge = MetricKind.of(key).map(MetricKind::judge).map(MetricKind::key).orElse(key);
    return MeasuredBy.in(row.cells()).stream()
        .filter(metric -> metric.key().equals(judge))
        .anyMatch(metric -> below(row, metric));
  }

  /** Whether a row is worse than the floor by a metric as one protocol computes it. */
  public boolean below(Row row, MeasuredBy metric) {
    Optional<Estimate> own = row.metric(metric.key(), metric.protocol());
    return own.isPresent()
        && floorsOf(row)
            .flatMap(floor -> floor.metric(metric.key(), metric.protocol()).stream())
            .anyMatch(floor -> worse(own.get().value(), floor.value(), metric.better()));
  }

  private Stream<Row> floorsOf(Row row) {
    return is(row)
        ? Stream.empty()
        : rows.stream()
            .filter(each -> each.sizedLike(row))
            .filter(
                each ->
                    each.runs().stream()
                        .filter(row.runs()::contains)
                        .anyMatch(run -> isFloorOf(run, each)));
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
