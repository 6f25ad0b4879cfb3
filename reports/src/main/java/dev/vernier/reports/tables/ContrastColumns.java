package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.Contrasts.Contrast;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Format;
import dev.vernier.reports.tables.Column.Marks;
import dev.vernier.reports.tables.Column.Source;
import dev.vernier.reports.text.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a table says of differences: how large, how likely by chance, and tested how. */
final class ContrastColumns {
  private static final String DIFFERENCE = "_difference";
  private static final String P = "_p_holm";
  private static final String TEST = "_test";
  private static final String AT_EQUAL_BITS = "_bits";

  private ContrastColumns() {}

  /** Names of the columns that there may be of a metric. */
  static List<String> names(String key) {
    return Stream.of("", AT_EQUAL_BITS)
        .flatMap(suffix -> Stream.of(DIFFERENCE, P, TEST).map(part -> key + part + suffix))
        .toList();
  }

  /** Whether a column is one of these. */
  static boolean is(Column column) {
    return Stream.of(DIFFERENCE, P, TEST).anyMatch(column.name()::contains);
  }

  /** The columns; none where no row was compared by this protocol. */
  static List<Column> of(MeasuredBy metric, List<Row> rows, Contrasts contrasts) {
    return Stream.concat(
            of(metric, rows, contrasts.perRow(), "", "").stream(),
            of(metric, rows, contrasts.atEqualBits(), AT_EQUAL_BITS, " at equal bits").stream())
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
            .mapToObj(i -> contrasts.get(i).filter(each -> rows.get(i).isMeasuredBy(metric)))
            .toList();
    if (own.stream().allMatch(Optional::isEmpty)) {
      return List.of();
    }
    String name = metric.column();
    return List.of(
        new Column(
            name + DIFFERENCE + suffix,
            "Δ " + metric.label() + where,
            Format.NUMBER,
            new Source(metric.protocol(), metric.samples()),
            Better.NEITHER,
            own.stream()
                .map(each -> each.map(Contrast::difference).map(ContrastColumns::estimate))
                .map(each -> Entry.numbers(each.stream().toList()))
                .toList(),
            Marks.NONE),
        described(name + P + suffix, "p (Holm)" + where, Format.NUMBER, own, ContrastColumns::p),
        described(
            name + TEST + suffix,
            "Test" + where,
            Format.TEXT,
            own,
            each -> Optional.of(Entry.text(each.difference().test()))));
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
      Format format,
      List<Optional<Contrast>> own,
      Function<Contrast, Optional<Entry>> entry) {
    return Column.described(
        name,
        heading,
        format,
        own.stream().map(each -> each.flatMap(entry).orElse(Entry.text(""))).toList());
  }
}
