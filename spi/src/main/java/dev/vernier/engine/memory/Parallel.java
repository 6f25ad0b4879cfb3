package dev.vernier.engine.memory;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Shares independent tasks out over the common pool. */
public final class Parallel {
  private Parallel() {}

  /** Runs tasks 0 to {@code tasks - 1}, in any order, and returns when all are done. */
  public static void forEach(int tasks, IntConsumer task) {
    if (tasks == 1) {
      task.accept(0);
    } else {
      IntStream.range(0, tasks).parallel().forEach(task);
    }
  }
}
