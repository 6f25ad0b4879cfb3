package dev.vernier.reports.significance;

/**
 * What a difference was seen to persist under, the weakest evidence first. Only where both seeds
 * and images were varied does a difference say something of methods.
 */
public enum Evidence {
  /**
   * What was given on both sides, which nobody trained here: it says nothing of other trainings.
   */
  GIVEN("as given (without seeds)"),
  /** One training of each side: others may differ by more than the sides do. */
  ONE_SEED("at one seed (seeds not varied)"),
  /** Seeds of one side alone: the other was given, and has none. */
  SEEDS_OF_ONE_SIDE("at the seeds of one side (the other is given)"),
  /** Two trainings, too few to say how far they spread. */
  TWO_SEEDS("at two seeds"),
  /** Three trainings or more, all on images that nobody knows the share of. */
  ONE_SET_OF_IMAGES("on these images alone"),
  /** Three trainings or more, and resampled images or scores of each. */
  SEEDS_AND_IMAGES("");

  private final String words;

  Evidence(String words) {
    this.words = words;
  }

  /** What a verdict has to add; empty where nothing is missing. */
  public String words() {
    return words;
  }
}
