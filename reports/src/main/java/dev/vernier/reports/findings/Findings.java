package dev.vernier.reports.findings;

import dev.vernier.records.Finding;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import dev.vernier.reports.findings.Pairing.Pair;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.Holm;
import dev.vernier.reports.significance.PairedTests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges findings. A comparison holds if its 95% interval lies on the claimed side; a finding holds
 * if all its comparisons do, which makes it no easier the more there are, so nothing is corrected.
 * One contrary comparison refutes a finding, and of many one is contrary by chance: it has to be
 * significant after Holm's correction over all comparisons of the finding. Fewer than {@value
 * Estimate#SEEDS_FOR_INTERVAL} seeds, or images that were not varied, only show a direction,
 * however certain it is for their nets or those images. What is worse than the floor is not judged
 * at all.
 */
public final class Findings {
  private static final double LEVEL = 0.05;
  private final Pairing pairing;
  private final PairedTests tests;
  private final Floor floor;

  private Findings(Pairing pairing, PairedTests tests, Floor floor) {
    this.pairing = pairing;
    this.tests = tests;
    this.floor = floor;
  }

  /** The findings that the runs' experiments declared; runs whose cells share rows count once. */
  public static List<JudgedFinding> of(List<Run> runs) throws IOException {
    List<Row> rows = Rows.of(runs);
    return of(runs, rows, new Floor(runs, rows), new PairedTests(new CellFolders(runs)));
  }

  /**
   * The same of what else is made of the runs, too.
   *
   * @param rows all rows of the runs
   * @param floor of these rows
   * @param tests of cells of the runs
   */
  public static List<JudgedFinding> of(
      List<Run> runs, List<Row> rows, Floor floor, PairedTests tests) throws IOException {
    List<JudgedFinding> judged = new ArrayList<>();
    for (Subject subject : subjects(runs, rows)) {
      Findings findings = new Findings(new Pairing(subject.rows, subject.runs(runs)), tests, floor);
      for (Finding finding : subject.findings) {
        judged.add(findings.judge(finding));
      }
    }
    return judged;
  }

  private static List<Subject> subjects(List<Run> runs, List<Row> rows) {
    return IntStream.range(0, runs.size())
        .mapToObj(
            i ->
                new Subject(
                    runs.get(i).record().findings(),
                    rows.stream().filter(row -> row.runs().contains(i + 1)).toList()))
        .distinct()
        .toList();
  }

  /** Findings, and the rows of the run that declares them. */
  private record Subject(List<Finding> findings, List<Row> rows) {
    List<Run> runs(List<Run> all) {
      return rows.stream()
          .flatMap(row -> row.runs().stream())
          .distinct()
          .map(run -> all.get(run - 1))
          .toList();
    }
  }

  private JudgedFinding judge(Finding finding) throws IOException {
    List<Comparison> measured = new ArrayList<>();
    List<Comparison> means = new ArrayList<>();
    for (Finding.Check check : finding.checks()) {
      try {
        List<Pair> pairs = pairing.of(check);
        for (Pair pair : pairs) {
          measured.add(compare(check, List.of(pair)));
        }
        if (pairs.size() > 1) {
          means.add(compare(check, pairs));
        }
      } catch (Pairing.Missing e) {
        measured.add(unjudged(check, List.of(), Optional.empty(), e.getMessage()));
      }
    }
    List<Comparison> judged = judge(measured);
    Verdict verdict = Verdict.ofAll(judged.stream().map(Comparison::verdict).toList());
    return new JudgedFinding(finding, verdict, judged, judge(means));
  }

  /** Compares the mean over some pairs. */
  private Comparison compare(Finding.Check check, List<Pair> pairs) throws IOException {
    List<Row> rows = pairs.stream().map(Pair::row).toList();
    List<Row> others = others(pairs);
    Optional<Difference> difference =
        check.bound().isPresent()
            ? tests.meanFrom(check.bound().get(), rows, check.metric())
            : tests.meanBetween(rows, others, check.metric());
    String missing =
        difference.isPresent()
            ? ""
            : missing(check, Stream.concat(rows.stream(), others.stream()).toList());
    return unjudged(check, pairs, difference, missing);
  }

  private static List<Row> others(List<Pair> pairs) {
    return pairs.stream().flatMap(pair -> pair.other().stream()).toList();
  }

  private static String missing(Finding.Check check, List<Row> rows) {
    String known =
        rows.stream()
            .flatMap(row -> row.missing(check.metric()).stream())
            .collect(Collectors.joining("; "));
    return known.isEmpty()
        ? check.metric() + " by one protocol, of common seeds"
        : check.metric() + " (" + known + ")";
  }

  private static Comparison unjudged(
      Finding.Check check, List<Pair> pairs, Optional<Difference> difference, String missing) {
    return new Comparison(
        check,
        pairs.stream().map(Pair::row).toList(),
        others(pairs),
        List.of(),
        difference,
        Optional.empty(),
        Verdict.NOT_MEASURED,
        missing);
  }

  /** The verdicts on comparisons that are corrected together. */
  private List<Comparison> judge(List<Comparison> measured) {
    List<Optional<Double>> p =
        Holm.correct(
            measured.stream().map(each -> each.difference().flatMap(Difference::p)).toList());
    return IntStream.range(0, measured.size())
        .mapToObj(i -> judge(measured.get(i), p.get(i)))
        .toList();
  }

  private Comparison judge(Comparison measured, Optional<Double> p) {
    String metric = measured.check().metric();
    List<Row> sides = Stream.concat(measured.rows().stream(), measured.others().stream()).toList();
    List<Row> below = sides.stream().filter(row -> floor.below(row, metric)).toList();
    boolean floorless = sides.stream().anyMatch(row -> floor.isMissing(row, metric));
    return new Comparison(
        measured.check(),
        measured.rows(),
        measured.others(),
        below,
        measured.difference(),
        p,
        below.isEmpty() ? verdict(measured, p, floorless) : Verdict.NOT_JUDGED,
        floorless ? floor.name() + ", the floor" : measured.missing());
  }

  private static Verdict verdict(Comparison measured, Optional<Double> p, boolean floorless) {
    return measured
        .difference()
        .filter(each -> !floorless)
        .map(each -> verdict(measured.check(), each, p))
        .orElse(Verdict.NOT_MEASURED);
  }

  private static Verdict verdict(
      Finding.Check check, Difference difference, Optional<Double> corrected) {
    boolean lower = check.lowerThan() != null;
    if (lower ? difference.below() : difference.above()) {
      return Verdict.of(true, difference.evidence());
    }
    boolean contrary = lower ? difference.above() : difference.below();
    return contrary && corrected.filter(p -> p < LEVEL).isPresent()
        ? Verdict.of(false, difference.evidence())
        : Verdict.NOT_DECIDED;
  }
}
