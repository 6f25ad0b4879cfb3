package dev.vernier.tests.benchmarks;

import java.io.IOException;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks and prints a table: arguments are JMH's, a pattern of names first; all of ours
 * without one.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** Starts JMH. */
  public static void main(String[] arguments) throws RunnerException, IOException {
    CommandLineOptions given;
    try {
      given =
          new CommandLineOptions(
              Stream.of(arguments)
                  .map(each -> each.equals("--help") ? "-h" : each)
                  .toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      System.err.println("vernier bench: " + e.getMessage() + "; see vernier bench -h");
      System.exit(2);
      return;
    }
    if (given.shouldHelp()) {
      given.showHelp();
      return;
    }
    Options options =
        given.getIncludes().isEmpty()
            ? new OptionsBuilder().parent(given).include("dev.vernier.tests.benchmarks").build()
            : given;
    Runner runner = new Runner(options);
    if (given.shouldList()) {
      runner.list();
    } else {
      System.out.println(ResultTable.of(runner.run()));
    }
  }
}
