package dev.vernier.tests.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.tests.endtoend.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever befalls a run, gone on with it holds what it would have held. One run is killed.
 *
 * <p>{@code -Dvernier.crashes=200} asks for as many trials, of every harm that this machine and its
 * user can do. They are noted in {@code -Dvernier.crashes.log}, a line each: a campaign that was
 * cut off goes on with the next one, and begins anew where that file was deleted.
 */
class CrashTest {
  private static final int TRIALS = Integer.getInteger("vernier.crashes", 1);
  private static final Path LOG =
      Path.of(System.getProperty("vernier.crashes.log", "target/crashes.log")).toAbsolutePath();

  @TempDir Path folder;

  @Test
  void runThatWasHarmed_endsLikeTheUndisturbedOne() throws Exception {
    boolean campaign = TRIALS > 1;
    int done = campaign && Files.exists(LOG) ? lines().size() : 0;
    if (done < TRIALS) {
      run(done, campaign);
    }
    if (campaign) {
      assertThat(lines()).allMatch(line -> line.contains("\tsurvived\t"));
    }
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(LOG, StandardCharsets.UTF_8);
  }

  private void run(int first, boolean noted) throws Exception {
    SmallSweep sweep = SmallSweep.in(Files.createDirectories(folder.resolve("sweep")));
    RunContent undisturbed = undisturbed(sweep);
    List<Harm> harms = noted ? possible() : List.of(Kill.GROUP);
    for (int i = first; i < TRIALS; i++) {
      Place place = new Place(folder.resolve("trial-" + i));
      Trial.Result result;
      try {
        result = new Trial(i, harms, sweep, undisturbed).run(place);
      } finally {
        place.delete();
      }
      if (noted) {
        note(i, result);
      } else {
        assertThat(result.fault()).as(result.story()).isEmpty();
      }
    }
  }

  private static void note(int trial, Trial.Result result) throws IOException {
    String end = result.survived() ? "survived" : "failed";
    String line = trial + "\t" + end + "\t" + result.story() + "\t" + result.fault();
    Files.createDirectories(LOG.getParent());
    Files.writeString(
        LOG,
        line.replaceAll("\\R", " | ") + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private RunContent undisturbed(SmallSweep sweep) throws Exception {
    Place place = new Place(folder.resolve("undisturbed"));
    Files.createDirectories(place.disk());
    Outcome outcome = place.vernier().run(sweep.command(place.run(), 0));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return RunContent.of(place.run(), place.folder().resolve("timeless"));
  }

  /** All harms that this machine can do. */
  private static List<Harm> possible() throws IOException {
    List<Harm> harms = new ArrayList<>();
    Stream<Harm> others =
        Stream.of(
            new FullDisk(), new ReadOnlyFolder(), new ClockJump(), new MemoryLimit(), new Rival());
    for (Harm each : Stream.concat(Stream.of(Kill.values()), others).toList()) {
      if (each.possible()) {
        harms.add(each);
      }
    }
    return harms;
  }
}
