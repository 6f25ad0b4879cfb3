package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Something that befalls a run under way. */
interface Harm {
  /** What the log calls it. */
  String name();

  /** Whether this machine and its user can do it. */
  default boolean possible() throws IOException {
    return true;
  }

  /**
   * Makes ready, before the run begins.
   *
   * @return variables of the run's environment
   */
  default Map<String, String> prepare(Place place, Random random) throws IOException {
    return Map.of();
  }

  /**
   * Strikes.
   *
   * @param command that was given
   */
  void strike(Place place, Process process, List<String> command, Random random) throws Exception;

  /** Takes away what would harm those that go on. */
  default void undo(Place place) throws IOException {}

  /** Whether a run that was struck may end like this. */
  boolean allows(Outcome outcome);

  /** Done, or an end in lines for its user. */
  static boolean isOrderly(Outcome outcome) {
    return outcome.code() == 0
        || outcome.code() == 3
        || (outcome.code() == 2 && outcome.complaints().size() == 1);
  }
}
