package dev.vernier.harness.spark;

import java.io.Closeable;
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

/**
 * A standalone cluster on loopback: a master and workers, each a process, started from the jars
 * that Spark consists of, on ports that are free.
 */
final class LocalCluster implements AutoCloseable {
  private static final Path JARS = Path.of("home/target/jars").toAbsolutePath();
  static final Path SUBMITTED = Path.of("target/vernier-spark.jar").toAbsolutePath();
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  /** The environment of a process whose cells have one native thread. */
  static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "OMP_WAIT_POLICY", "passive");

  private static final int PATIENCE_SECONDS = 300;

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String master;

  /** What a process left behind. */
  record Outcome(int code, String out, String err) {
    /** Standard error without progress and what Spark says. */
    List<String> complaints() {
      return err.lines().filter(line -> line.startsWith("vernier:")).toList();
    }
  }

  /**
   * Starts one.
   *
   * @param folder takes its logs, its work, and SPARK_HOME
   * @param cores of each worker
   */
  LocalCluster(Path folder, int workers, int cores) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    if (!Files.isDirectory(JARS) || !Files.exists(SUBMITTED)) {
      throw new IOException("build " + SUBMITTED + " and " + JARS + " first: mvn package -Pspark");
    }
    Files.createSymbolicLink(folder.resolve("jars"), JARS);
    start("master", "org.apache.spark.deploy.master.Master", List.of(), Map.of());
    master = await("master", MASTER).group(1);
    for (int i = 1; i <= workers; i++) {
      startWorker("worker" + i, cores, Map.of());
    }
    for (int i = 1; i <= workers; i++) {
      await("worker" + i, REGISTERED);
    }
  }

  /**
   * Adds a worker, until that is closed.
   *
   * @param environment what its executors find in theirs
   */
  Closeable add(String name, int cores, Map<String, String> environment)
      throws IOException, InterruptedException {
    Process worker = startWorker(name, cores, environment);
    await(name, REGISTERED);
    return () -> end(worker);
  }

  private Process startWorker(String name, int cores, Map<String, String> environment)
      throws IOException {
    return start(
        name,
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            "--cores",
            String.valueOf(cores),
            "--memory",
            "2g",
            "--work-dir",
            folder.resolve("work-" + name).toString(),
            master),
        environment);
  }

  String master() {
    return master;
  }

  private Process start(
      String name, String program, List<String> more, Map<String, String> environment)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    arguments.addAll(more);
    ProcessBuilder builder = spark(List.of("-Xmx512m"), program, arguments);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private Matcher await(String name, Pattern line) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      Matcher found = line.matcher(Files.readString(log(name), StandardCharsets.UTF_8));
      if (found.find()) {
        return found;
      }
      Thread.sleep(100);
    }
    throw new IOException(name + " did not start:\n" + Files.readString(log(name)));
  }

  private ProcessBuilder spark(List<String> options, String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // What Spark's own scripts give a JVM of version 17.
    for (String each :
        List.of("lang", "lang.invoke", "io", "net", "nio", "util", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + each + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("-cp");
    command.add(folder.resolve("jars") + "/*");
    command.add(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                folder.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1"));
    builder.environment().putAll(ONE_THREAD);
    // In the seconds that executors and their workers live, better code costs more than it saves.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  /**
   * Starts {@code spark-submit}.
   *
   * @param name of its log files
   * @param configuration of Spark, each {@code key=value}
   */
  Process submit(String name, Path directory, List<String> configuration, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", master, "--driver-memory", "1g"));
    List<String> settings = new ArrayList<>(configuration);
    settings.add("spark.driver.host=127.0.0.1");
    settings.add("spark.driver.bindAddress=127.0.0.1");
    settings.add("spark.ui.enabled=false");
    settings.add("spark.executor.heartbeatInterval=2s");
    settings.forEach(each -> all.addAll(List.of("--conf", each)));
    all.add(SUBMITTED.toString());
    all.addAll(arguments);
    return spark(List.of("-Xmx1g"), "org.apache.spark.deploy.SparkSubmit", all)
        .directory(directory.toFile())
        .redirectOutput(log(name + ".out").toFile())
        .redirectError(log(name + ".err").toFile())
        .start();
  }

  /** Runs Vernier by {@code spark-submit}. */
  Outcome run(String name, Path directory, List<String> configuration, List<String> arguments)
      throws IOException, InterruptedException {
    return outcome(name, submit(name, directory, configuration, arguments));
  }

  /** Waits for what {@link #submit} started. */
  Outcome outcome(String name, Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(name + " did not end\n" + Files.readString(log(name + ".err")));
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(log(name + ".out")),
        Files.readString(log(name + ".err")));
  }

  /** What was printed so far. */
  String printed(String name) throws IOException {
    return Files.readString(log(name + ".err"));
  }

  /** The JVMs of executors, of all applications. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(each -> each.toHandle().descendants())
        .filter(
            each -> each.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** The worker processes that executors have started for cells. */
  List<ProcessHandle> cellProcesses() {
    return executors().stream().flatMap(ProcessHandle::children).toList();
  }

  @Override
  public void close() {
    processes.forEach(LocalCluster::end);
  }

  private static void end(Process process) {
    List<ProcessHandle> below = process.toHandle().descendants().toList();
    process.destroy();
    process.onExit().join();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
