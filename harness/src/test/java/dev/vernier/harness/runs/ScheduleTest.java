package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduleTest {
  private final CellPlan tokenizer = cell("tokenizer", null);
  private final CellPlan generator = cell("generator", on("tokenizer", null));
  private final CellPlan samples = cell("samples", on("tokenizer", "generator"));
  private final CellPlan other = cell("other", null);

  private static GenerationPlan on(String tokenizer, String generator) {
    return new GenerationPlan(tokenizer, generator, "far", Map.of(), Map.of(), Map.of());
  }

  private static CellPlan cell(String id, GenerationPlan generation) {
    return new CellPlan(id, "A", "vqgan", Map.of(), Map.of(), null, 1, generation);
  }

  @Test
  void cell_waitsForWhatItStandsOn_whileOthersRun() throws Exception {
    Schedule schedule = new Schedule(List.of(tokenizer, generator, samples, other));
    assertThat(schedule.next()).contains(tokenizer);
    assertThat(schedule.next()).contains(other);
    CompletableFuture<Optional<CellPlan>> waiting =
        CompletableFuture.supplyAsync(() -> next(schedule));
    schedule.done(other);
    assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    schedule.done(tokenizer);
    assertThat(waiting.get()).contains(generator);
    schedule.done(generator);
    assertThat(schedule.next()).contains(samples);
    assertThat(schedule.next()).isEmpty();
  }

  private static Optional<CellPlan> next(Schedule schedule) {
    try {
      return schedule.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsDoneAlready_isNotWaitedFor() throws Exception {
    Schedule schedule = new Schedule(List.of(samples));
    assertThat(schedule.next()).contains(samples);
  }

  @Test
  void stop_endsThoseThatWait() throws Exception {
    Schedule schedule = new Schedule(List.of(tokenizer, generator));
    schedule.next();
    CompletableFuture<Optional<CellPlan>> next =
        CompletableFuture.supplyAsync(() -> next(schedule));
    schedule.stop();
    assertThat(next.get()).isEmpty();
  }
}
