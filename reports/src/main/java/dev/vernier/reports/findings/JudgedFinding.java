package dev.vernier.reports.findings;

import dev.vernier.records.Finding;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
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
   * @param belowFloor which of both are worse than the floor of their size
   * @param difference of the two; empty where it could not be measured
   * @param p its p value, corrected for all comparisons of the finding
   * @param verdict on this comparison
   * @param missing what it takes and is not there; empty where it was measured
   */
  public record Comparison(
      Finding.Check check,
      Optional<Row> row,
      Optional<Row> other,
      List<Row> belowFloor,
      Optional<Difference> difference,
      Optional<Double> p,
      Verdict verdict,
      String missing) {
    /** Copies the list. */
    public Comparison {
      belowFloor = List.copyOf(belowFloor);
    }

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
            .orElse(0));
  }

  /** The finding in one line: its name, the verdict, the claim, and how many comparisons say so. */
  public String line() {
    return "%s %s: %s (%s)".formatted(finding.name(), words(), finding.claim(), count());
  }

  /** How many comparisons are as claimed; these hold only where all rest on enough seeds. */
  private String count() {
    if (verdict == Verdict.NOT_JUDGED) {
      return of(Verdict.NOT_JUDGED) + "below the floor";
    }
    boolean enough =
        comparisons.stream().allMatch(each -> each.seeds() >= Estimate.SEEDS_FOR_INTERVAL);
    return of(Verdict.HOLDS, Verdict.IN_THIS_DIRECTION) + (enough ? "hold" : "in this direction");
  }

  private String of(Verdict... verdicts) {
    List<Verdict> counted = List.of(verdicts);
    long count = comparisons.stream().filter(each -> counted.contains(each.verdict())).count();
    return count + " of " + comparisons.size() + " comparisons ";
  }
}
