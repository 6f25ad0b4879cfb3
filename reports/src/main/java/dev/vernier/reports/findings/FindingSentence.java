package dev.vernier.reports.findings;

import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a finding came to, for a reader who has not read how findings are judged.
 *
 * @param verdict in two or three words
 * @param because why, in a sentence, and what the mean over sizes says, where that is something
 *     else
 */
public record FindingSentence(String verdict, String because) {
  /** The sentence about a finding. */
  public static FindingSentence of(JudgedFinding judged) {
    FindingSentence sizes = ofSizes(judged);
    return judged
        .meanWords()
        .filter(each -> !each.equals(judged.words()))
        .map(each -> sizes.because + " On the mean over sizes: " + each + ".")
        .map(because -> new FindingSentence(sizes.verdict, because))
        .orElse(sizes);
  }

  private static FindingSentence ofSizes(JudgedFinding judged) {
    List<Comparison> deciding =
        judged.comparisons().stream().filter(each -> each.verdict() == judged.verdict()).toList();
    String share = share(deciding.size(), judged.comparisons().size());
    return switch (judged.verdict()) {
      case HOLDS ->
          new FindingSentence(
              "held", "%s as claimed, with the whole 95%% interval.".formatted(share));
      case DOES_NOT_HOLD ->
          new FindingSentence(
              "did not hold",
              "%s significantly contrary to the claim: %s.".formatted(share, first(deciding)));
      case IN_THIS_DIRECTION ->
          new FindingSentence(
              "not decided", "It points as claimed, but %s.".formatted(limited(judged)));
      case IN_THE_OTHER_DIRECTION ->
          new FindingSentence(
              "not decided",
              "It points the other way, but %s: %s.".formatted(limited(judged), first(deciding)));
      case NOT_DECIDED ->
          new FindingSentence(
              "not decided",
              "%s %s: %s."
                  .formatted(
                      share,
                      deciding.stream().anyMatch(Comparison::isTested)
                          ? "too close to call"
                          : "without a test",
                      first(deciding)));
      case NOT_JUDGED ->
          new FindingSentence(
              "not judged",
              "%s worse than the floor, which says nothing about the methods: %s."
                  .formatted(share(deciding), below(deciding)));
      case NOT_MEASURED ->
          new FindingSentence("not measured", "Missing: %s.".formatted(missing(deciding)));
    };
  }

  private static String share(int some, int all) {
    if (all == 1) {
      return "The only comparison is";
    }
    if (some == all) {
      return all == 2 ? "Both comparisons are" : "All %s comparisons are".formatted(all);
    }
    return "%s of %s comparisons %s".formatted(some, all, some == 1 ? "is" : "are");
  }

  private static String share(List<Comparison> deciding) {
    return belowFloor(deciding).size() == 1 ? "What it rests on is" : "Some of what it rests on is";
  }

  private static List<String> belowFloor(List<Comparison> deciding) {
    return deciding.stream()
        .flatMap(each -> each.belowFloor().stream())
        .map(FindingSentence::named)
        .distinct()
        .toList();
  }

  private static String below(List<Comparison> deciding) {
    return String.join(", ", belowFloor(deciding));
  }

  private static String named(Row row) {
    String tokenizer = row.generates() ? "the tokenizer of " : "";
    return String.format(Locale.ROOT, "%s%s of %,d codes", tokenizer, row.method(), row.size());
  }

  private static String missing(List<Comparison> deciding) {
    return deciding.stream()
        .map(Comparison::missing)
        .filter(each -> !each.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String limited(JudgedFinding judged) {
    return switch (judged.evidence()) {
      case GIVEN -> "what is given has no seeds to vary";
      case ONE_SEED -> "seeds were not varied";
      case SEEDS_OF_ONE_SIDE -> "one side is given and has no seeds to vary";
      case TWO_SEEDS -> "two seeds are too few to tell";
      case ONE_SET_OF_IMAGES, SEEDS_AND_IMAGES -> "these images alone cannot decide it";
    };
  }

  private static String first(List<Comparison> deciding) {
    String more = deciding.size() > 1 ? " and %s more".formatted(deciding.size() - 1) : "";
    return deciding.get(0).check().words() + more;
  }
}
