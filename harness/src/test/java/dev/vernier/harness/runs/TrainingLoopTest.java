package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.Resumable;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLoopTest {
  private static final long STEPS = 50;
  @TempDir private Path folder;

  private static class Stateless implements Resumable {
    @Override
    public void save(Path there) {}

    @Override
    public void restore(Path there) {}

    @Override
    public void close() {}
  }

  /** Settles after three steps, as it says before. */
  private static final class Settling extends Stateless {
    private int steps;

    Map<String, Double> step(long number) {
      steps++;
      return Map.of("loss", 1.0);
    }

    @Override
    public boolean finished() {
      return steps >= 3;
    }

    @Override
    public long lastStep() {
      return 3;
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 3", "2, 2"})
  void progress_isShownAgainstTheLastStep(long steps, long shown) throws Exception {
    Settling model = new Settling();
    List<Long> totals = new ArrayList<>();
    TrainingOptions options =
        new TrainingOptions(new Interruption(), 1000, false, Optional.empty());
    new TrainingLoop(options, (task, done, total, detail) -> totals.add(total))
        .run(new Steps(model, model::step), steps, "test", folder);
    assertThat(totals).hasSize((int) shown).containsOnly(shown);
  }

  /** Trains with a loss that runs away from step 20 on; interrupted after a step. */
  private void train(long last) throws Exception {
    Interruption interruption = new Interruption();
    Steps steps =
        new Steps(
            new Stateless(),
            number -> {
              if (number + 1 == last) {
                interruption.request();
              }
              return Map.of("loss", number + 1 < 20 ? 0.5 : 8.0);
            });
    TrainingOptions options = new TrainingOptions(interruption, 1000, false, Optional.empty());
    new TrainingLoop(options, Progress.NONE).run(steps, STEPS, "test", folder);
  }

  @Test
  void stepWithoutALoss_isRefused() {
    TrainingOptions options =
        new TrainingOptions(new Interruption(), 1000, false, Optional.empty());
    Steps steps = new Steps(new Stateless(), number -> number < 2 ? Map.of("loss", 1.0) : Map.of());
    assertThatThrownBy(
            () -> new TrainingLoop(options, Progress.NONE).run(steps, STEPS, "mine", folder))
        .isInstanceOf(UsageException.class)
        .hasMessage("a step of mine returned no loss: have the plugin return at least one");
  }

  @Test
  void aTrainingThatIsResumed_divergesInTheStepInWhichItWouldHaveDiverged() {
    for (long last : new long[] {10, 24}) {
      assertThatThrownBy(() -> train(last)).isInstanceOf(Interruption.Interrupted.class);
    }
    assertThatThrownBy(() -> train(STEPS))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("was 0.5000 in step 1 and is 8.000 in step 29");
  }
}
