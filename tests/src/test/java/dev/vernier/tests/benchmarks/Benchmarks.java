package dev.vernier.tests.benchmarks;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and prints a table: arguments are JMH's, a pattern of names first; all of ours
 * without one. With {@code --torch PYTHON} PyTorch does the same work by turns.
 */
public final class Benchmarks {
  private static final String TORCH = "--torch";

  private Benchmarks() {}

  /** Starts JMH. */
  public static void main(String[] arguments) throws RunnerException, IOException {
    try {
      run(arguments);
    } catch (CommandLineOptionException e) {
      refuse(e.getMessage() + "; see vernier bench -h");
    } catch (NoBenchmarksException e) {
      refuse("no benchmark has such a name; 'vernier bench -l' lists those there are");
    } catch (UsageException e) {
      refuse(e.getMessage());
    }
  }

  private static void refuse(String why) {
    System.err.println("vernier bench: " + why);
    System.exit(2);
  }

  private static void run(String[] arguments)
      throws RunnerException, IOException, CommandLineOptionException {
    List<String> rest = new ArrayList<>(List.of(arguments));
    rest.replaceAll(each -> each.equals("--help") ? "-h" : each);
    Optional<String> python = python(rest);
    CommandLineOptions given = new CommandLineOptions(rest.toArray(String[]::new));
    if (given.shouldHelp()) {
      System.out.println(
          TORCH
              + " PYTHON: measure PyTorch by turns, with this interpreter. All others are JMH's:");
      given.showHelp();
      return;
    }
    ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
    if (given.getIncludes().isEmpty()) {
      options.include("dev.vernier.tests.benchmarks");
    }
    if (given.shouldList()) {
      new Runner(options.build()).list();
    } else if (python.isPresent()) {
      System.out.println(SideBySide.table(ofRound(options, given), torch(python.get())));
    } else {
      System.out.println(
          ResultTable.of(new Runner(options.build()).run().stream().map(Speed::of).toList()));
    }
  }

  /** Takes the interpreter out of the arguments. */
  private static Optional<String> python(List<String> arguments) {
    int at = arguments.indexOf(TORCH);
    if (at < 0) {
      return Optional.empty();
    }
    if (at + 1 == arguments.size()) {
      throw new UsageException(
          TORCH + " needs a Python interpreter that has PyTorch, such as python3");
    }
    arguments.remove(at);
    return Optional.of(arguments.remove(at));
  }

  private static PyTorch torch(String python) {
    return new PyTorch(
        python, Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1")));
  }

  /**
   * What PyTorch has a counterpart for, each run timed by itself as its are, and rounds of seconds:
   * there are several.
   */
  private static Options ofRound(ChainedOptionsBuilder options, CommandLineOptions given) {
    options.mode(Mode.SampleTime);
    if (!given.getParameter("tokenizer").hasValue()) {
      options.param("tokenizer", "vqgan:1024");
    }
    if (!given.getWarmupIterations().hasValue()) {
      options.warmupIterations(2);
    }
    if (!given.getMeasurementIterations().hasValue()) {
      options.measurementIterations(2);
    }
    if (!given.getMeasurementTime().hasValue()) {
      options.measurementTime(TimeValue.seconds(2));
    }
    return options.build();
  }
}
