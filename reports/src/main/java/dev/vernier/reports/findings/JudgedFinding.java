package dev.vernier.reports.findings;

import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
import dev.vernier.spi.results.Finding;
import java.util.List;
import java.util.Optional;

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
      String missing) {
    /** The verdict in words, with the seeds where they are too few for it to hold. */
    public String words() {
      return verdict.words(seeds());
    }

    /** How many seeds it rests on; 0 where it was not measured. */
    int seeds() {
      return difference.map(Difference::seeds).orElse(0);
    }
  }

  /** The verdict in words, with the least seeds of the comparisons that it rests on where few. */
  public String words() {
    return verdict.words(
        comparisons.stream()
            .filter(each -> each.verdict() == verdict)
            .mapToInt(Comparison::seeds)
            .min()
            .orElseThrow());
  }

  /**
   * The finding in one line: its name, the verdict, the claim, and how many comparisons are as
   * claimed. These hold only where all were made on enough seeds.
   */
  public String line() {
    long asClaimed =
        comparisons.stream()
            .filter(
                each ->
                    each.verdict() == Verdict.HOLDS || each.verdict() == Verdict.IN_THIS_DIRECTION)
            .count();
    boolean enough =
        comparisons.stream().allMatch(each -> each.seeds() >= Estimate.SEEDS_FOR_INTERVAL);
    return "%s %s: %s (%d of %d comparisons %s)"
        .formatted(
            finding.name(),
            words(),
            finding.claim(),
            asClaimed,
            comparisons.size(),
            enough ? "hold" : "in this direction");
  }
}
