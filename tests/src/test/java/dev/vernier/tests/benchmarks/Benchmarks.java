package dev.vernier.tests.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks whose names contain the first argument; all of them without one. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Starts JMH. */
  public static void main(String[] arguments) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(arguments.length == 0 ? "dev.vernier.tests.benchmarks" : arguments[0])
            .build();
    new Runner(options).run();
  }
}
