package dev.vernier.reports.findings;

import dev.vernier.records.Finding;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.Evidence;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A finding and whether it holds.
 *
 * @param finding what was found
 * @param verdict on the whole of it
 * @param comparisons what its checks came to, at least one a check
 * @param means of each check that has several sizes, the comparison on the mean over them: it tells
 *     a difference that is too small for any size alone, and decides nothing about single sizes
 */
public record JudgedFinding(
    Finding finding, Verdict verdict, List<Comparison> comparisons, List<Comparison> means) {
  /** Copies the lists. */
  public JudgedFinding {
    comparisons = List.copyOf(comparisons);
    means = List.copyOf(means);
  }

  /**
   * One comparison of a check.
   *
   * @param check which one
   * @param rows what the claim is of: one row, or one a size where the mean over them is compared;
   *     none where it is missing
   * @param others the rows they are compared with, one each; none for a number, or where missing
   * @param belowFloor which of all are worse than the floor of their size
   * @param difference of the two; empty where it could not be measured
   * @param p its p value, corrected for all comparisons of the finding of its kind
   * @param verdict on this comparison
   * @param missing what it takes and is not there; empty where it was measured
   */
  public record Comparison(
      Finding.Check check,
      List<Row> rows,
      List<Row> others,
      List<Row> belowFloor,
      Optional<Difference> difference,
      Optional<Double> p,
      Verdict verdict,
      String missing) {
    /** Copies the lists. */
    public Comparison {
      rows = List.copyOf(rows);
      others = List.copyOf(others);
      belowFloor = List.copyOf(belowFloor);
    }

    /** Whether anything says how far its difference may be off. */
    boolean isTested() {
      return difference.flatMap(Difference::interval).isPresent();
    }

    /** The verdict in words, with what was not varied enough for it to hold. */
    public String words() {
      return verdict.words(evidence().orElse(Evidence.SEEDS_AND_IMAGES));
    }

    private Optional<Evidence> evidence() {
      return difference.map(Difference::evidence);
    }
  }

  /** The verdict in words, with the weakest evidence of the comparisons that it rests on. */
  public String words() {
    return verdict.words(evidence());
  }

  /** The weakest evidence of the comparisons that the verdict rests on. */
  Evidence evidence() {
    return evidence(verdict, comparisons);
  }

  /** The verdict on the means over sizes in words; empty where no check has several sizes. */
  public Optional<String> meanWords() {
    if (means.isEmpty()) {
      return Optional.empty();
    }
    Verdict onMeans = Verdict.ofAll(means.stream().map(Comparison::verdict).toList());
    return Optional.of(onMeans.words(evidence(onMeans, means)));
  }

  private static Evidence evidence(Verdict verdict, List<Comparison> comparisons) {
    return comparisons.stream()
        .filter(each -> each.verdict() == verdict)
        .flatMap(each -> each.evidence().stream())
        .min(Comparator.naturalOrder())
        .orElse(Evidence.SEEDS_AND_IMAGES);
  }

  /** Findings of each source, in the order of their first ones. */
  public static List<List<JudgedFinding>> bySource(List<JudgedFinding> findings) {
    return List.copyOf(
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    JudgedFinding::heading, LinkedHashMap::new, Collectors.toList()))
            .values());
  }

  /** What it is one of, as a heading: what somebody else found, or a claim of one's own. */
  public String heading() {
    return finding.source() == null
        ? "What the experiment claims"
        : "What " + finding.source() + " found";
  }

  /** The finding in one line: its name, the verdict, the claim, and why, in the page's words. */
  public String line() {
    FindingSentence sentence = FindingSentence.of(this);
    return "%s %s: %s %s"
        .formatted(finding.name(), sentence.verdict(), finding.sentence(), sentence.because());
  }
}
