package dev.vernier.harness.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.ProtocolDifference;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Pairwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A comparison for programs, every digit of every number. */
final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * What a metric says as one protocol computes it.
   *
   * @param ranked from best to worst
   * @param same what is not compared, since it has the same cells at the seeds that both have
   * @param apart in what the protocol differs from the first one of the metric; null for the first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Ranking(
      String metric,
      String label,
      Metric.Better better,
      String protocol,
      String samples,
      List<Ranked> ranked,
      List<Pair> differences,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Same> same,
      List<String> apart) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Ranked(String method, double value, Double low, Double high) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Pair(
      String method, String other, double value, Double low, Double high, Double p, String test) {}

  private record Same(String method, String other) {}

  static String of(Comparison comparison) throws JsonProcessingException {
    List<Ranking> all = new ArrayList<>();
    for (Comparison.OfMetric each : comparison.metrics()) {
      for (int i = 0; i < each.protocols().size(); i++) {
        List<String> apart =
            i == 0
                ? null
                : each.apart().get(i - 1).stream().map(ProtocolDifference::words).toList();
        all.add(ranking(each.protocols().get(i), apart));
      }
    }
    return new ObjectMapper().writeValueAsString(all);
  }

  private static Ranking ranking(Pairwise found, List<String> apart) {
    MeasuredBy metric = found.metric();
    return new Ranking(
        metric.key(),
        metric.label(),
        metric.better(),
        metric.protocol(),
        metric.samples(),
        found.ranked().stream().map(row -> ranked(row, metric)).toList(),
        found.pairs().stream().map(ComparisonJson::pair).toList(),
        found.same().stream()
            .map(each -> new Same(each.row().label(), each.other().label()))
            .toList(),
        apart);
  }

  private static Ranked ranked(Row row, MeasuredBy metric) {
    Estimate number = row.metric(metric.key(), metric.protocol()).orElseThrow();
    return new Ranked(row.label(), number.value(), low(number.interval()), high(number.interval()));
  }

  private static Pair pair(Pairwise.Pair pair) {
    Optional<Metric.Interval> interval = pair.difference().interval();
    return new Pair(
        pair.row().label(),
        pair.other().label(),
        pair.difference().value(),
        low(interval),
        high(interval),
        pair.p().orElse(null),
        pair.difference().test());
  }

  private static Double low(Optional<Metric.Interval> interval) {
    return interval.map(Metric.Interval::low).orElse(null);
  }

  private static Double high(Optional<Metric.Interval> interval) {
    return interval.map(Metric.Interval::high).orElse(null);
  }
}
