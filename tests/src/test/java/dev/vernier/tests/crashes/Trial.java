package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import dev.vernier.tests.endtoend.Program;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * One run that is harmed, continued, perhaps harmed again, and at last compared.
 *
 * @param number says all that is drawn at random
 * @param harms that this machine can do
 * @param undisturbed what the run has to hold in the end
 */
record Trial(int number, List<Harm> harms, SmallSweep sweep, RunContent undisturbed) {
  private static final int MOST_HARMS = 3;
  private static final int MOST_DELAY_MILLIS = 200;
  private static final int PATIENCE_SECONDS = 60;

  /**
   * What came of a trial.
   *
   * @param story what happened, in a line
   * @param fault what went wrong; empty where it survived
   */
  record Result(String story, String fault) {
    boolean survived() {
      return fault.isEmpty();
    }
  }

  /**
   * Runs it.
   *
   * @param place is empty; it is left as it is where something went wrong
   */
  Result run(Place place) throws Exception {
    // Seeds that are close to each other draw much alike at first.
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    // The mixture is even, whatever is drawn.
    Harm harm = harms.get(number % harms.size());
    int strikes = harm instanceof Kill ? 1 + random.nextInt(MOST_HARMS) : 1;
    int workers = harm == Kill.WORKER || harm == Kill.FIRST ? 2 : 2 * random.nextInt(2);
    StringJoiner story = new StringJoiner(", ");
    story.add(harm.name()).add(workers + " workers");
    Files.createDirectories(place.disk());
    List<String> command = sweep.command(place.run(), workers);
    for (int i = 0; i < strikes; i++) {
      Outcome struck = struck(place, harm, command, random, story);
      if (!harm.allows(struck) || struck.err().contains("\tat ")) {
        return new Result(story.toString(), "ended with " + struck.code() + ": " + struck.err());
      }
    }
    Outcome outcome = place.vernier().run(command);
    story.add("then " + outcome.code());
    if (outcome.code() != 0) {
      return new Result(story.toString(), "cannot be continued: " + outcome.err());
    }
    Map<String, String> differences =
        undisturbed.differences(RunContent.of(place.run(), place.folder().resolve("timeless")));
    return new Result(story.toString(), differences.isEmpty() ? "" : differences.toString());
  }

  private Outcome struck(
      Place place, Harm harm, List<String> command, Random random, StringJoiner story)
      throws Exception {
    int files = moment(random);
    int delay = random.nextInt(MOST_DELAY_MILLIS);
    Program vernier = place.vernier();
    Process process = vernier.start(command, harm.prepare(place, random));
    List<ProcessHandle> workers = List.of();
    try {
      while (process.isAlive() && place.files() < files) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      TimeUnit.MILLISECONDS.sleep(delay);
      story.add("at " + place.files() + " files");
      workers = Place.workers(process);
      harm.strike(place, process, command, random);
      Outcome outcome = vernier.outcome(process);
      story.add("ended with " + outcome.code());
      return outcome;
    } finally {
      process.destroyForcibly().waitFor();
      if (harm != Kill.FIRST) {
        awaitEnd(workers);
      }
      harm.undo(place);
    }
  }

  /**
   * At how many files to strike: the report's come all at once in the end, so they are not the
   * measure.
   */
  private int moment(Random random) {
    long lasting =
        undisturbed.files().keySet().stream().filter(name -> name.startsWith("cells/")).count();
    return random.nextInt((int) lasting + 5);
  }

  private static void awaitEnd(List<ProcessHandle> workers) throws Exception {
    for (ProcessHandle each : workers) {
      each.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
