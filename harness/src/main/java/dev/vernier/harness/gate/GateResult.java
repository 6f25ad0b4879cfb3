package dev.vernier.harness.gate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gate says.
 *
 * @param comparisons one a cell and metric, and one a mean of seeds and metric
 * @param tests how many of them could fail
 * @param rate the share of all gates in which any of these fails by chance, at most
 * @param notes lines for the reader
 */
public record GateResult(List<Comparison> comparisons, int tests, double rate, List<String> notes) {
  /** Copies the lists. */
  public GateResult {
    comparisons = List.copyOf(comparisons);
    notes = List.copyOf(notes);
  }

  /** The same with a further note. */
  GateResult noting(String note) {
    return new GateResult(
        comparisons, tests, rate, Stream.concat(notes.stream(), Stream.of(note)).toList());
  }

  /** Those of a verdict. */
  public List<Comparison> of(Verdict verdict) {
    return comparisons.stream().filter(each -> each.verdict() == verdict).toList();
  }

  /** Whether anything got worse. */
  public boolean failed() {
    return !of(Verdict.FAIL).isEmpty();
  }

  /** Whether something could not be told, or nothing was judged. */
  public boolean unmeasured() {
    return comparisons.stream().map(Comparison::verdict).anyMatch(Verdict::unmeasured)
        || of(Verdict.PASS).isEmpty();
  }

  /** Whether all that was judged passed. */
  public boolean passed() {
    return !failed() && !unmeasured();
  }

  /** The verdict on all, such as {@code failed: 1 fail, 4 pass}. */
  public String headline() {
    String verdict = failed() ? "failed" : unmeasured() ? "could not measure" : "passed";
    String counts =
        Stream.of(
                Verdict.FAIL,
                Verdict.INCONCLUSIVE,
                Verdict.NOT_COMPARABLE,
                Verdict.MISSING,
                Verdict.PASS)
            .filter(each -> !of(each).isEmpty())
            .map(each -> of(each).size() + " " + each.words())
            .collect(Collectors.joining(", "));
    return verdict + ": " + (counts.isEmpty() ? "nothing was judged" : counts);
  }

  /** How often it errs, and what it finds, in words. */
  public String power() {
    if (tests == 0) {
      return "no metric of this run can be tested";
    }
    return String.format(
            Locale.ROOT,
            "%d %s; where nothing got worse by more than its tolerance, at most %s of all gates fail"
                + " (Bonferroni, %s a test)",
            tests,
            tests == 1 ? "test" : "tests",
            percent(rate),
            percent(rate / tests))
        + "; 'detects' is the smallest change for the worse that fails in 80% of all cases, at the"
        + " noise of this run";
  }

  private static String percent(double share) {
    return ThreeDigits.of(100 * share) + "%";
  }
}
