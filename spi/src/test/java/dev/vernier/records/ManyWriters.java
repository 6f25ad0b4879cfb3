package dev.vernier.records;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Threads that write at the same time. */
public final class ManyWriters {
  private static final int WRITERS = 4;

  private ManyWriters() {}

  /** What one of them does. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes.
     *
     * @param number of the writer, from 0
     */
    void write(int number) throws Exception;
  }

  /** Has them all write, and throws what any of them threw. */
  public static void run(Writer writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(
                  number ->
                      (Callable<Void>)
                          () -> {
                            writer.write(number);
                            return null;
                          })
              .toList();
      for (Future<Void> each : threads.invokeAll(writers)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
