package dev.vernier.reports.findings;

import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import dev.vernier.reports.significance.Difference;
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
      "Each comparison of the findings. A difference is that of the means over the seeds both sides"
          + " have, with its 95% interval: by a paired t-test over the seeds where there are three"
          + " or more, else over the images, which leaves out the spread between seeds. A comparison"
          + " holds if the whole interval is on the claimed side, and a finding if all its"
          + " comparisons do; it does not hold if one of them is contrary with a p below 0.05,"
          + " two-sided and corrected by Holm over the comparisons of the finding. Nothing holds at"
          + " fewer than three seeds: they show a difference in this direction or in the other one."
          + " A comparison is not judged, and neither is its finding, if a side of it is worse than"
          + " the experiment's floor, the method named to be beaten, of the same size: by the metric"
          + " that is compared, of usage by the rFID.";

  private static final String GIVEN =
      " Given weights are measured once and count as one seed, against the mean over the other side's.";

  private FindingsTables() {}

  private static String caption(List<JudgedFinding> findings) {
    boolean given =
        findings.stream()
            .flatMap(finding -> finding.comparisons().stream())
            .flatMap(each -> Stream.concat(each.row().stream(), each.other().stream()))
            .anyMatch(Row::untrained);
    return given ? CAPTION + GIVEN : CAPTION;
  }

  /** A finding a row, for people. */
  public static Table verdicts(List<JudgedFinding> findings) {
    return table(
        "What the paper found, and whether it holds here.",
        findings,
        List.of(
            new Part<>("finding", "Finding", each -> each.finding().name()),
            new Part<>("verdict", "Verdict", JudgedFinding::words),
            new Part<>("claim", "Claim", each -> each.finding().claim())));
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
            new Part<>("verdict", "Verdict", each -> verdict(each.comparison))));
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
            new Part<>("size", "", each -> each.comparison.row().map(Row::size)),
            new Part<>("other_size", "", each -> each.comparison.other().map(Row::size)),
            new Part<>("difference", "", each -> of(each, Difference::value)),
            new Part<>("difference_low", "", each -> end(each, Metric.Interval::low)),
            new Part<>("difference_high", "", each -> end(each, Metric.Interval::high)),
            new Part<>("p", "", each -> each.comparison.difference().flatMap(Difference::p)),
            new Part<>("p_holm", "", each -> each.comparison.p()),
            new Part<>("test", "", each -> of(each, Difference::test)),
            new Part<>("seeds", "", each -> of(each, Difference::seeds)),
            new Part<>("verdict", "", each -> each.comparison.words()),
            new Part<>("below_floor", "", each -> below(each.comparison)),
            new Part<>("missing", "", each -> each.comparison.missing())));
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
      return new Column(name, heading, "", "", Metric.Better.NEITHER, entries);
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
        finding -> finding.comparisons().forEach(each -> lines.add(new Line(finding, each))));
    return lines;
  }

  private static <T> Optional<T> of(Line line, Function<Difference, T> part) {
    return line.comparison.difference().map(part);
  }

  private static Optional<Double> end(Line line, Function<Metric.Interval, Double> part) {
    return line.comparison.difference().flatMap(Difference::interval).map(part);
  }

  private static String sizes(Comparison comparison) {
    return comparison.row().stream()
        .flatMap(
            row ->
                comparison.other().map(other -> List.of(row, other)).orElse(List.of(row)).stream())
        .map(Row::size)
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(" against "));
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
              int decimals = NumberText.decimals(each.value());
              String interval = NumberText.of(each.interval(), decimals);
              return NumberText.of(each.value(), decimals)
                  + (interval.isEmpty() ? "" : " " + interval);
            })
        .orElse("");
  }

  private static String test(Comparison comparison) {
    return comparison
        .difference()
        .map(Difference::test)
        .orElseGet(() -> "missing: " + comparison.missing());
  }
}
