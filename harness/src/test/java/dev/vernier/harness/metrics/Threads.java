package dev.vernier.harness.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/** Runs work on a pool of its own, so that a test can choose the number of threads. */
final class Threads {
  private Threads() {}

  static <T> T with(int threads, Callable<T> work) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work).join();
    } finally {
      pool.shutdown();
    }
  }
}
