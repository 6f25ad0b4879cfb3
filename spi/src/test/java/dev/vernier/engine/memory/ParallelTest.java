package dev.vernier.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void everyTask_runsOnce_inScratchThatNoOtherThreadHas(int tasks) {
    List<AtomicBoolean> scratch =
        Stream.generate(AtomicBoolean::new).limit(Parallel.workers()).toList();
    AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
    AtomicBoolean shared = new AtomicBoolean();
    Parallel.forEach(
        tasks,
        scratch,
        (own, task) -> {
          if (own.getAndSet(true)) {
            shared.set(true);
          }
          runs.incrementAndGet(task);
          own.set(false);
        });
    assertThat(shared).isFalse();
    for (int task = 0; task < tasks; task++) {
      assertThat(runs.get(task)).isEqualTo(1);
    }
  }
}
