package dev.vernier.harness.spark.task;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How workers of a session are started.
 *
 * @param session tells this session's folder from one that only has its path
 * @param run path of the run's folder where every machine sees it; null where results travel
 * @param directory in which the driver runs, and relative paths of the user's begin; null where
 *     what they name is sent
 * @param memory that a worker may take, in MiB
 * @param threads native ones
 * @param properties of its JVM
 * @param environment of its process
 * @param arguments of its command line behind folder and plugins
 * @param curves whether TensorBoard's files are written, and travel
 * @param archives names of the zip files that Spark brought, unpacked beside each other by number
 */
public record WorkerSetup(
    String session,
    String run,
    String directory,
    int memory,
    int threads,
    Map<String, String> properties,
    Map<String, String> environment,
    List<String> arguments,
    boolean curves,
    List<String> archives)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** File in the run's folder by which machines know it. */
  public static final String MARK = ".session";

  private static final int JAVA_WITH_WARNINGS = 24;

  /** Copies the collections. */
  public WorkerSetup {
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
    arguments = List.copyOf(arguments);
    archives = List.copyOf(archives);
  }

  /** The same with all that the workers of a run get. */
  public WorkerSetup with(List<String> given, boolean travelling, List<String> sent) {
    return new WorkerSetup(
        session, run, directory, memory, threads, properties, environment, given, travelling, sent);
  }

  /** Whether results travel through Spark. */
  public boolean travels() {
    return run == null;
  }

  /**
   * The command line of a Vernier of its own: a quarter of the memory for Java's heap, half for
   * native arrays, and no more than all of it in all.
   *
   * @param cache where it keeps nets and trunks
   */
  List<String> command(Installation installation, Path cache, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx" + memory / 4 + "m");
    command.add("-Dorg.bytedeco.javacpp.maxbytes=" + memory / 2 + "m");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + memory + "m");
    command.add("-XX:+UseParallelGC");
    command.add("-XX:ActiveProcessorCount=" + threads);
    command.add("-Djava.awt.headless=true");
    if (Runtime.version().feature() >= JAVA_WITH_WARNINGS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dvernier.cache=" + cache);
    command.add("-cp");
    command.add(installation.classPath());
    command.add("dev.vernier.harness.cli.Vernier");
    command.addAll(program);
    return command;
  }
}
