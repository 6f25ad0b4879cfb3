package dev.vernier.reports.findings;

import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.Pooling;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.Planner;
import dev.vernier.reports.tables.Column;
import dev.vernier.reports.tables.Table;
import dev.vernier.reports.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings of a report as tables: what each came to, and the comparisons it rests on. */
public final class FindingsTables {
  private static final String ID = "findings";
  private static final String CAPTION =
      "Each row compares two means over the seeds that both sides have, with a 95% interval"
          + " (Student's t, over the variance between seeds plus that between images; degrees of"
          + " freedom after Satterthwaite 1946); with one seed only the variance between images counts,"
          + " and for drawn images, which are others at every seed, that between seeds alone."
          + " A comparison holds if its whole interval is on the claimed side, and a finding if all"
          + " its comparisons do; it does not hold if one of them is contrary with a p below 0.05,"
          + " two-sided and corrected by Holm over the comparisons of the finding. Nothing holds with"
          + " fewer than three seeds, nor for a metric whose spread over images is unknown: these show"
          + " only the direction."
          + " A comparison is not judged, and neither is its finding, if a side of it is worse than"
          + " the experiment's floor, the method named to be beaten, at the same size or, if there"
          + " is none, the next smaller size or rate: by the metric that is compared, for usage by the"
          + " rFID, for a generator by the rFID of its tokenizer. The floor compares means over the seeds, without an interval.";

  private static final String MEANS =
      " Claims about several sizes are also tested on the mean over the sizes, with a Holm correction"
          + " of their own: this detects smaller differences, but decides nothing about a single size.";

  private static final String PLANS =
      " What would decide: the seeds or images that a difference as large as the observed one needs"
          + " for a power of 80%.";

  private static final String GIVEN =
      " Given weights are measured once and count as one seed, against the mean over the other side's.";

  private FindingsTables() {}

  private static String caption(List<JudgedFinding> findings) {
    List<Comparison> all = lines(findings).stream().map(Line::comparison).toList();
    boolean means = findings.stream().anyMatch(finding -> !finding.means().isEmpty());
    List<Row> rows =
        all.stream()
            .flatMap(each -> Stream.concat(each.rows().stream(), each.others().stream()))
            .toList();
    boolean given = rows.stream().anyMatch(Row::untrained);
    boolean plans = all.stream().anyMatch(each -> !plan(each).isEmpty());
    return CAPTION
        + (means ? MEANS : "")
        + (plans ? PLANS : "")
        + (given ? GIVEN : "")
        + Pooling.words(rows).map(each -> " " + each).orElse("");
  }

  /** A finding a row, for people; a table for those of each source. */
  public static List<Table> verdicts(List<JudgedFinding> findings) {
    return JudgedFinding.bySource(findings).stream().map(FindingsTables::verdictsOfOne).toList();
  }

  private static Table verdictsOfOne(List<JudgedFinding> findings) {
    List<Part<JudgedFinding>> parts = new ArrayList<>();
    parts.add(new Part<>("finding", "Finding", each -> each.finding().name()));
    parts.add(new Part<>("verdict", "Verdict", JudgedFinding::words));
    if (findings.stream().anyMatch(finding -> finding.meanWords().isPresent())) {
      parts.add(new Part<>("mean_verdict", "On the mean over sizes", JudgedFinding::meanWords));
    }
    parts.add(new Part<>("claim", "Claim", each -> each.finding().claim()));
    return table(findings.get(0).heading() + ", and whether it holds here.", findings, parts);
  }

  /** A comparison a row, for people. */
  public static Table comparisons(List<JudgedFinding> findings) {
    return table(
        caption(findings),
        lines(findings),
        List.of(
            new Part<>("finding", "Finding", each -> each.finding.finding().name()),
            new Part<>("comparison", "Claimed", each -> each.comparison.check().words()),
            new Part<>("sizes", "Codebook size", each -> sizes(each.comparison)),
            new Part<>("difference", "Difference", each -> difference(each.comparison)),
            new Part<>("p_holm", "p (Holm)", each -> each.comparison.p().map(NumberText::p)),
            new Part<>("test", "Test", each -> test(each.comparison)),
            new Part<>("verdict", "Verdict", each -> verdict(each.comparison)),
            new Part<>("plan", "What would decide", each -> plan(each.comparison))));
  }

  /** A comparison a row with every digit, for programs. */
  public static Table all(List<JudgedFinding> findings) {
    return table(
        caption(findings),
        lines(findings),
        List.of(
            new Part<>("finding", "", each -> each.finding.finding().name()),
            new Part<>("claim", "", each -> each.finding.finding().claim()),
            new Part<>("finding_verdict", "", each -> each.finding.words()),
            new Part<>("comparison", "", each -> each.comparison.check().words()),
            new Part<>("size", "", each -> joined(each.comparison.rows())),
            new Part<>("other_size", "", each -> joined(each.comparison.others())),
            new Part<>("difference", "", each -> of(each, Difference::value)),
            new Part<>("difference_low", "", each -> end(each, Metric.Interval::low)),
            new Part<>("difference_high", "", each -> end(each, Metric.Interval::high)),
            new Part<>("p", "", each -> each.comparison.difference().flatMap(Difference::p)),
            new Part<>("p_holm", "", each -> each.comparison.p()),
            new Part<>("test", "", each -> of(each, Difference::test)),
            new Part<>("seeds", "", each -> of(each, Difference::seeds)),
            new Part<>("runs", "", each -> runs(each.comparison)),
            new Part<>("verdict", "", each -> each.comparison.words()),
            new Part<>("plan", "", each -> plan(each.comparison)),
            new Part<>("below_floor", "", each -> below(each.comparison)),
            new Part<>("missing", "", each -> each.comparison.missing()),
            new Part<>(
                "source", "", each -> Optional.ofNullable(each.finding.finding().source()))));
  }

  /** A comparison with the finding it belongs to. */
  private record Line(JudgedFinding finding, Comparison comparison) {}

  /**
   * A column: its name in files, its heading, and what it says of a row; an Optional may be empty.
   */
  private record Part<T>(String name, String heading, Function<T, Object> text) {
    Column column(List<T> rows) {
      List<Column.Entry> entries =
          rows.stream().map(row -> Column.Entry.text(plain(text.apply(row)))).toList();
      return Column.described(name, heading, Column.Format.TEXT, entries);
    }

    private static String plain(Object value) {
      Object held = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      return held == null ? "" : String.valueOf(held);
    }
  }

  private static <T> Table table(String caption, List<T> rows, List<Part<T>> parts) {
    List<Column> columns =
        parts.stream().map(part -> part.column(rows)).collect(Collectors.toList());
    return new Table(ID, caption, columns, rows.size());
  }

  private static List<Line> lines(List<JudgedFinding> findings) {
    List<Line> lines = new ArrayList<>();
    findings.forEach(
        finding ->
            Stream.concat(finding.comparisons().stream(), finding.means().stream())
                .forEach(each -> lines.add(new Line(finding, each))));
    return lines;
  }

  private static <T> Optional<T> of(Line line, Function<Difference, T> part) {
    return line.comparison.difference().map(part);
  }

  private static Optional<Double> end(Line line, Function<Metric.Interval, Double> part) {
    return line.comparison.difference().flatMap(Difference::interval).map(part);
  }

  private static String sizes(Comparison comparison) {
    boolean mean = comparison.rows().size() > 1;
    return Stream.of(comparison.rows(), mean ? List.<Row>of() : comparison.others())
        .flatMap(List::stream)
        .map(Row::size)
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(mean ? ", " : " against ", mean ? "mean over " : "", ""));
  }

  private static String joined(List<Row> rows) {
    return rows.stream().map(Row::size).map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** The runs whose seeds it rests on. */
  private static String runs(Comparison comparison) {
    return Stream.concat(comparison.rows().stream(), comparison.others().stream())
        .flatMap(row -> row.runs().stream())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** What would decide a comparison that is not decided, though it may be. */
  private static String plan(Comparison comparison) {
    return comparison.belowFloor().isEmpty() && comparison.missing().isEmpty()
        ? comparison.difference().map(Planner::of).orElse("")
        : "";
  }

  private static String verdict(Comparison comparison) {
    String below = below(comparison);
    return comparison.words() + (below.isEmpty() ? "" : " (" + below + ")");
  }

  /** Which sides are below the floor. */
  private static String below(Comparison comparison) {
    return comparison.belowFloor().stream()
        .map(row -> row.method() + " of " + row.size() + " codes")
        .collect(Collectors.joining(", "));
  }

  private static String difference(Comparison comparison) {
    return comparison
        .difference()
        .map(
            each -> {
              int decimals = NumberText.decimals(each.value(), each.interval());
              String interval = NumberText.of(each.interval(), decimals);
              return NumberText.of(each.value(), decimals)
                  + (interval.isEmpty() ? "" : " " + interval);
            })
        .orElse("");
  }

  private static String test(Comparison comparison) {
    return Stream.of(
            comparison.difference().map(Difference::test).orElse(""),
            comparison.missing().isEmpty() ? "" : "missing: " + comparison.missing())
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
