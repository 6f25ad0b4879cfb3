package dev.vernier.reports.findings;

import dev.vernier.reports.significance.Evidence;
import java.util.Collection;
import java.util.List;

/** Whether something that was found elsewhere, or is claimed, holds here. */
public enum Verdict {
  /** A net that it rests on is worse than the floor, and says nothing about its method. */
  NOT_JUDGED("not judged: below the floor"),
  /** The difference is as claimed, and its whole 95% interval with it. */
  HOLDS("holds"),
  /** The difference is the reverse of the claim, significantly so. */
  DOES_NOT_HOLD("does not hold"),
  /** As what holds, but where seeds or images were not varied enough to say it of methods. */
  IN_THIS_DIRECTION("in this direction"),
  /** As what does not hold, but where seeds or images were not varied enough. */
  IN_THE_OTHER_DIRECTION("in the other direction"),
  /** The interval includes no difference, or there is none. */
  NOT_DECIDED("not decided"),
  /** Numbers that it takes are missing. */
  NOT_MEASURED("not measured");

  /**
   * Which part decides of several: nothing is said of a whole with parts below the floor; else one
   * contrary part refutes it, and all have to hold.
   */
  private static final List<Verdict> DECIDING =
      List.of(
          NOT_JUDGED,
          DOES_NOT_HOLD,
          IN_THE_OTHER_DIRECTION,
          NOT_MEASURED,
          NOT_DECIDED,
          IN_THIS_DIRECTION,
          HOLDS);

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict on a difference that is as claimed, or the reverse of that. */
  static Verdict of(boolean asClaimed, Evidence evidence) {
    boolean enough = evidence == Evidence.SEEDS_AND_IMAGES;
    if (asClaimed) {
      return enough ? HOLDS : IN_THIS_DIRECTION;
    }
    return enough ? DOES_NOT_HOLD : IN_THE_OTHER_DIRECTION;
  }

  /** The verdict on what holds only if all of its parts do; without any nothing was measured. */
  static Verdict ofAll(Collection<Verdict> parts) {
    return DECIDING.stream().filter(parts::contains).findFirst().orElse(NOT_MEASURED);
  }

  /**
   * The verdict in words, such as {@code holds} or {@code in this direction at two seeds}.
   *
   * @param evidence the weakest it rests on, said where more of it may change the verdict
   */
  String words(Evidence evidence) {
    boolean limited =
        this == IN_THIS_DIRECTION
            || this == IN_THE_OTHER_DIRECTION
            || (this == NOT_DECIDED && evidence == Evidence.ONE_SEED);
    return limited ? words + " " + evidence.words() : words;
  }
}
