package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.Contrasts.Contrast;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.text.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a table says of differences: how large, how likely by chance, and tested how. */
final class ContrastColumns {
  private ContrastColumns() {}

  /** The columns; none where no row was compared by this protocol. */
  static List<Column> of(MeasuredBy metric, List<Row> rows, Contrasts contrasts) {
    return Stream.concat(
            of(metric, rows, contrasts.perRow(), "", "").stream(),
            of(metric, rows, contrasts.atEqualBits(), "_bits", " at equal bits").stream())
        .toList();
  }

  private static List<Column> of(
      MeasuredBy metric,
      List<Row> rows,
      List<Optional<Contrast>> contrasts,
      String suffix,
      String where) {
    List<Optional<Contrast>> own =
        IntStream.range(0, rows.size())
            .mapToObj(i -> contrasts.get(i).filter(each -> by(metric, rows.get(i))))
            .toList();
    if (own.stream().allMatch(Optional::isEmpty)) {
      return List.of();
    }
    String name = metric.column();
    return List.of(
        new Column(
            name + "_difference" + suffix,
            "Δ " + metric.label() + where,
            metric.protocol(),
            metric.samples(),
            Better.NEITHER,
            own.stream()
                .map(each -> each.map(Contrast::difference).map(ContrastColumns::estimate))
                .map(each -> Entry.numbers(each.stream().toList()))
                .toList()),
        described(name + "_p_holm" + suffix, "p (Holm)", own, ContrastColumns::p),
        described(
            name + "_test" + suffix,
            "Test",
            own,
            each -> Optional.of(Entry.text(each.difference().test()))));
  }

  private static boolean by(MeasuredBy metric, Row row) {
    return row.protocol(metric.key()).filter(metric.protocol()::equals).isPresent();
  }

  private static Estimate estimate(Difference difference) {
    Estimate.Basis basis =
        difference.interval().isEmpty() ? Estimate.Basis.NONE : Estimate.Basis.DIFFERENCE;
    return new Estimate(difference.value(), difference.interval(), basis, difference.seeds());
  }

  private static Optional<Entry> p(Contrast contrast) {
    return contrast.p().map(p -> Entry.text(NumberText.p(p), String.valueOf(p)));
  }

  private static Column described(
      String name,
      String heading,
      List<Optional<Contrast>> own,
      Function<Contrast, Optional<Entry>> entry) {
    return new Column(
        name,
        heading,
        "",
        "",
        Better.NEITHER,
        own.stream().map(each -> each.flatMap(entry).orElse(Entry.text(""))).toList());
  }
}
