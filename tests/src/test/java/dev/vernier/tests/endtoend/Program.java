package dev.vernier.tests.endtoend;

import dev.vernier.tests.OwnCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Vernier as a user runs it: as a process of its own, or in this JVM where nothing is asked of the
 * process, which spares seconds of start.
 *
 * @param folder where it runs
 * @param cache where it keeps nets and trunks
 * @param threads native threads of a process; nets this small gain nothing from a second one
 */
public record Program(Path folder, Path cache, int threads) {
  /** For a process of seconds: better code and parallel collection cost more than they save. */
  public static final List<String> SHORT_LIVED =
      List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Pattern PATH = Pattern.compile("(^|[=:,])\\./");

  private static final long PATIENCE_MINUTES = 5;

  /** One that finds an empty cache. */
  public Program(Path folder) {
    this(folder, folder.resolve("cache"), 1);
  }

  Program withThreads(int more) {
    return new Program(folder, cache, more);
  }

  /** The options that give settings, each {@code key=value}. */
  public static List<String> set(String... settings) {
    return Stream.of(settings).flatMap(each -> Stream.of("--set", each)).toList();
  }

  /**
   * The options that give nets which train in seconds and are measured roughly, and further
   * settings.
   */
  static List<String> smallNets(String... more) {
    Stream<String> small =
        Stream.of(
            "channels=8",
            "z-channels=16",
            "groups=4",
            "perceptual-weight=0",
            "trunk-steps=0",
            "batch-size=8",
            "bootstrap=10");
    return set(Stream.concat(small, Stream.of(more)).toArray(String[]::new));
  }

  /** Starts it; what it prints is in {@code out.txt} and {@code err.txt}. */
  public Process start(List<String> arguments) throws Exception {
    return start(arguments, Map.of());
  }

  /** The same with further variables in its environment. */
  public Process start(List<String> arguments, Map<String, String> environment) throws Exception {
    return start(ClassArchive.options(), arguments, environment);
  }

  /** The same with options of the JVM. */
  Process start(List<String> options, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(options);
    command.add("-Dvernier.cache=" + cache);
    command.add("-cp");
    command.add(ClassArchive.classPath());
    command.add("dev.vernier.harness.cli.Vernier");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    builder.environment().putAll(environment);
    return builder.start();
  }

  Outcome run(String... arguments) throws Exception {
    return run(List.of(arguments));
  }

  public Outcome run(List<String> arguments) throws Exception {
    return outcome(start(arguments));
  }

  /**
   * Runs a command in this JVM, with its threads and without workers. Where a path begins, {@code
   * ./} stands for the folder, as it does for a process; a run needs {@code --out}, or it lands in
   * the folder of this module.
   */
  @SuppressWarnings("try") // the cache is named, never used
  public Outcome runHere(List<String> arguments) {
    String here = "$1" + Matcher.quoteReplacement(folder + "/");
    try (OwnCache own = OwnCache.in(cache)) {
      return Outcome.of(
          arguments.stream()
              .map(each -> PATH.matcher(each).replaceAll(here))
              .toArray(String[]::new));
    }
  }

  Outcome runHere(String... arguments) {
    return runHere(List.of(arguments));
  }

  /**
   * Waits for the end of a process that {@link #start} gave.
   *
   * @throws AssertionError if it does not end
   */
  public Outcome outcome(Process process) throws Exception {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(process.info() + " did not end\n" + read("err.txt"));
    }
    return new Outcome(process.exitValue(), read("out.txt"), read("err.txt"));
  }

  /** Asks a process to stop, as Ctrl-C does; and one whose parent ignores Ctrl-C, all the same. */
  static void interrupt(Process process) throws Exception {
    for (String signal : List.of("-INT", "-TERM")) {
      // What the shell has built in: the program of that name is not on every system.
      String command = "kill " + signal + " " + process.pid();
      new ProcessBuilder("sh", "-c", command).start().waitFor();
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }
}
