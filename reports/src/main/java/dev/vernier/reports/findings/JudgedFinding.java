package dev.vernier.reports.findings;

import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
import dev.vernier.spi.results.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A finding and whether it holds.
 *
 * @param finding what was found
 * @param verdict on the whole of it
 * @param comparisons what its checks came to, at least one a check
 */
public record JudgedFinding(Finding finding, Verdict verdict, List<Comparison> comparisons) {
  /** Copies the list. */
  public JudgedFinding {
    comparisons = List.copyOf(comparisons);
  }

  /**
   * One comparison of a check.
   *
   * @param check which one
   * @param row what the claim is of; empty where it is missing
   * @param other the row it is compared with; empty for a number, or where it is missing
   * @param difference of the two; empty where it could not be measured
   * @param p its p value, corrected for all comparisons of the finding
   * @param verdict on this comparison
   * @param missing what it takes and is not there; empty where it was measured
   */
  public record Comparison(
      Finding.Check check,
      Optional<Row> row,
      Optional<Row> other,
      Optional<Difference> difference,
      Optional<Double> p,
      Verdict verdict,
      String missing) {}

  /**
   * The verdict in words; where it was reached over the images of few seeds, that it is one on
   * these seeds' nets.
   */
  public String words() {
    OptionalInt fewest =
        comparisons.stream()
            .filter(each -> each.verdict() == verdict)
            .flatMap(each -> each.difference().stream())
            .filter(each -> each.basis() != Difference.Basis.SEEDS)
            .mapToInt(Difference::seeds)
            .min();
    boolean decided = verdict == Verdict.HOLDS || verdict == Verdict.DOES_NOT_HOLD;
    return decided && fewest.isPresent()
        ? "%s (seeds: %d, others may differ)".formatted(verdict.words(), fewest.getAsInt())
        : verdict.words();
  }

  /** The finding in one line: its name, the verdict, the claim, and how many comparisons hold. */
  public String line() {
    long held = comparisons.stream().filter(each -> each.verdict() == Verdict.HOLDS).count();
    return "%s %s: %s (%d of %d comparisons hold)"
        .formatted(finding.name(), words(), finding.claim(), held, comparisons.size());
  }
}
