package dev.vernier.reports.figures;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences of captions. All but the first kind begin with a space where they are not empty. */
final class Captions {
  private Captions() {}

  /** Says where the whiskers of some numbers come from. */
  static String whiskers(List<Estimate> all) {
    List<String> said = new ArrayList<>();
    String over = seeds(all);
    if (!over.isEmpty()) {
      said.add(
          "Whiskers: 95% intervals over " + over + " seeds (Student's t), all on the same images.");
    }
    if (all.stream().anyMatch(each -> each.basis() == Estimate.Basis.METRIC)) {
      said.add(
          (over.isEmpty() ? "Whiskers:" : "With fewer than three seeds:")
              + " the metric's own 95% interval over images, at this N, without the spread between"
              + " seeds.");
    }
    if (all.stream().anyMatch(each -> each.basis() == Estimate.Basis.NONE)) {
      said.add(
          said.isEmpty()
              ? "No intervals: fewer than three seeds."
              : "Some points have no interval.");
    }
    return String.join(" ", said);
  }

  private static String seeds(List<Estimate> all) {
    int[] counts =
        all.stream()
            .filter(each -> each.basis() == Estimate.Basis.SEEDS)
            .mapToInt(Estimate::seeds)
            .sorted()
            .toArray();
    if (counts.length == 0) {
      return "";
    }
    int least = counts[0];
    int most = counts[counts.length - 1];
    return least == most ? String.valueOf(most) : least + " to " + most;
  }

  /** Says which cells are drawn: of each row that of its lowest seed. */
  static String cells(Collection<Row> rows) {
    return rows.stream()
        .map(
            row ->
                "%s, %,d codes, %s"
                    .formatted(row.label(), row.size(), row.lowestSeed().seedWords()))
        .collect(Collectors.joining("; ", "", "."));
  }

  /** Names the protocols that computed metrics of some kinds. */
  static String protocols(List<MetricKind> kinds, List<MeasuredBy> metrics) {
    List<MeasuredBy> drawn =
        kinds.stream()
            .flatMap(kind -> metrics.stream().filter(metric -> metric.key().equals(kind.key())))
            .filter(metric -> !metric.protocol().isEmpty())
            .toList();
    boolean several = drawn.stream().map(MeasuredBy::key).distinct().count() > 1;
    return drawn.stream()
        .map(
            metric ->
                (several ? " " + metric.label() + ": protocol " : " Protocol ")
                    + metric.protocol()
                    + ", N = "
                    + metric.samples()
                    + ".")
        .collect(Collectors.joining());
  }

  /** Says which of the methods drawn are the floor. */
  static String floor(Stream<String> drawn, Set<String> floor) {
    String labels = drawn.filter(floor::contains).distinct().collect(Collectors.joining(", "));
    return labels.isEmpty()
        ? ""
        : " "
            + labels
            + ": the floor, grey and dotted, which the other methods have to beat at the same size"
            + " (means are compared, without an interval).";
  }

  /** Says which points are not drawn though they were measured, and why. */
  static String missing(List<Row> rows, MetricKind... kinds) {
    String words =
        Stream.of(kinds)
            .flatMap(kind -> rows.stream().flatMap(row -> row.missing(kind.key()).stream()))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? "" : " Missing: " + words + ".";
  }
}
