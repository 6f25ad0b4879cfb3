package dev.vernier.engine.memory;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** Shares independent tasks out over the common pool. */
public final class Parallel {
  private Parallel() {}

  /** How many threads can work on tasks at a time: those of the common pool, and the caller. */
  public static int workers() {
    return ForkJoinPool.getCommonPoolParallelism() + 1;
  }

  /** Runs tasks 0 to {@code tasks - 1}, in any order, and returns when all are done. */
  public static void forEach(int tasks, IntConsumer task) {
    if (tasks == 1) {
      task.accept(0);
    } else {
      IntStream.range(0, tasks).parallel().forEach(task);
    }
  }

  /**
   * The same with memory for the tasks to work in, which outlives the call: a thread local would
   * not, since the common pool may clear those of its threads between calls. Sharing out allocates
   * some hundred bytes for each thread, however many tasks there are.
   *
   * @param scratch one for each of {@link #workers}, each in the hands of one thread at a time
   * @param task gets one of them, and its number
   */
  public static <S> void forEach(int tasks, List<S> scratch, ObjIntConsumer<S> task) {
    AtomicInteger next = new AtomicInteger();
    forEach(
        Math.min(tasks, scratch.size()),
        worker -> {
          S own = scratch.get(worker);
          for (int n = next.getAndIncrement(); n < tasks; n = next.getAndIncrement()) {
            task.accept(own, n);
          }
        });
  }
}
