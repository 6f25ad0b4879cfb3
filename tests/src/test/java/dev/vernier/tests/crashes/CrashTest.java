package dev.vernier.tests.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever befalls a run, continued it holds what it would have held. One run is killed.
 *
 * <p>{@code -Dvernier.crashes=200} asks for as many trials, of every harm that this machine and its
 * user can do. They are noted in {@code -Dvernier.crashes.log}, a line each: a campaign that was
 * cut off goes on with the next one, and one that is finished begins anew.
 */
class CrashTest {
  private static final int TRIALS = Integer.getInteger("vernier.crashes", 1);
  private static final CampaignLog LOG =
      new CampaignLog(
          Path.of(System.getProperty("vernier.crashes.log", "target/crashes.log"))
              .toAbsolutePath());

  @TempDir Path folder;

  @Test
  void runThatWasHarmed_endsLikeTheUndisturbedOne() throws Exception {
    boolean campaign = TRIALS > 1;
    run(campaign ? LOG.begin(TRIALS) : 0, campaign);
    if (campaign) {
      assertThat(LOG.lines()).hasSize(TRIALS).allMatch(line -> line.contains("\tsurvived\t"));
    }
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
        LOG.note(i, result);
      } else {
        assertThat(result.fault()).as(result.story()).isEmpty();
      }
    }
  }

  private RunContent undisturbed(SmallSweep sweep) throws Exception {
    Place place = new Place(folder.resolve("undisturbed"));
    Files.createDirectories(place.disk());
    Outcome outcome = place.vernier().runHere(sweep.command(place.run(), 0));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return RunContent.of(place.run(), place.folder().resolve("timeless"));
  }

  /** All harms that this machine can do; says which it cannot. */
  private static List<Harm> possible() throws IOException {
    List<Harm> harms = new ArrayList<>();
    Stream<Harm> others =
        Stream.of(
            new FullDisk(), new ReadOnlyFolder(), new ClockJump(), new MemoryLimit(), new Rival());
    for (Harm each : Stream.concat(Stream.of(Kill.values()), others).toList()) {
      if (each.possible()) {
        harms.add(each);
      } else {
        System.out.printf("left out, since this machine cannot do it: %s%n", each.name());
      }
    }
    return harms;
  }
}
