package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A metric as one protocol computes it: what may stand in one column or on one axis.
 *
 * @param key the metric's stable key
 * @param label what tables and axes call it
 * @param better which direction is better
 * @param protocol fingerprint of the protocol; empty where nobody knows it
 * @param fewest smallest number of samples any of its numbers rests on
 * @param most largest number of samples
 * @param alone whether no other protocol computed this metric here
 */
public record MeasuredBy(
    String key,
    String label,
    Metric.Better better,
    String protocol,
    long fewest,
    long most,
    boolean alone) {

  /** All metrics of some cells, protocol by protocol, those of one key together. */
  public static List<MeasuredBy> in(List<Cell> cells) {
    Map<String, Map<String, MeasuredBy>> found = new LinkedHashMap<>();
    for (Cell cell : cells) {
      cell.metrics()
          .forEach(
              (key, metric) ->
                  found
                      .computeIfAbsent(key, each -> new LinkedHashMap<>())
                      .merge(metric.protocol(), of(key, metric), MeasuredBy::and));
    }
    return found.values().stream().flatMap(MeasuredBy::told).toList();
  }

  /** {@link MetricKind#USAGE} of some cells, protocol by protocol. */
  public static List<MeasuredBy> usage(List<Cell> cells) {
    Map<String, MeasuredBy> found = new LinkedHashMap<>();
    for (Cell cell : cells) {
      cell.subCodebooks().stream()
          .findFirst()
          .map(MeasuredBy::of)
          .ifPresent(usage -> found.merge(usage.protocol, usage, MeasuredBy::and));
    }
    return told(found).toList();
  }

  private static MeasuredBy of(CodebookUse use) {
    MetricKind kind = MetricKind.USAGE;
    return new MeasuredBy(
        kind.key(), kind.label(), kind.better(), protocol(use), use.samples(), use.samples(), true);
  }

  /** What counted the codes; empty of older records, which do not say it. */
  private static String protocol(CodebookUse use) {
    return Objects.requireNonNullElse(use.protocol(), "");
  }

  /** What counted the codes of a cell; empty where nothing did. */
  static Optional<String> usageProtocol(Cell cell) {
    return cell.subCodebooks().stream().findFirst().map(MeasuredBy::protocol);
  }

  /** Whether it is the usage of a cell as its protocol counted it. */
  public boolean isUsageOf(Cell cell) {
    return usageProtocol(cell).filter(protocol::equals).isPresent();
  }

  /** The protocols of a metric, each of which knows whether it is the only one. */
  private static Stream<MeasuredBy> told(Map<String, MeasuredBy> byProtocol) {
    return byProtocol.values().stream().map(each -> each.withAlone(byProtocol.size() == 1));
  }

  private static MeasuredBy of(String key, Metric metric) {
    return new MeasuredBy(
        key,
        metric.label(),
        metric.better(),
        metric.protocol(),
        metric.samples(),
        metric.samples(),
        true);
  }

  private MeasuredBy and(MeasuredBy other) {
    return new MeasuredBy(
        key,
        label,
        better,
        protocol,
        Math.min(fewest, other.fewest),
        Math.max(most, other.most),
        alone);
  }

  private MeasuredBy withAlone(boolean only) {
    return new MeasuredBy(key, label, better, protocol, fewest, most, only);
  }

  /** Name of its column in a file: the key, with the protocol where there are several. */
  public String column() {
    return column(key);
  }

  /** The same of another number that the protocol gave. */
  public String column(String name) {
    return isNamed() ? name + "@" + protocol : name;
  }

  /** Whether columns and panels name the protocol: others computed the same, and it is known. */
  public boolean isNamed() {
    return !alone && !protocol.isEmpty();
  }

  /** The number of samples, such as {@code 1000} or {@code 100 to 200}. */
  public String samples() {
    return fewest == most ? String.valueOf(most) : fewest + " to " + most;
  }
}
