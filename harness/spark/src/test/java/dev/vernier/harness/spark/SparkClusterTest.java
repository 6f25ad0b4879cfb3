package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small sweep, with a generator, on a cluster of two executors. */
@Tag("spark")
@Timeout(600)
class SparkClusterTest {
  private static final String SWEEP =
      """
      name: sweep
      title: Two tokenizers, and a generator on one
      methods:
        - {method: VQGAN, tokenizer: vqgan}
        - {method: LFQ, tokenizer: lfq}
        - {method: far, on: VQGAN, generator: far, sampling: {samples: 140}}
      """;

  /** Cells that are computed in no time. */
  private static final String FLOOR =
      """
      name: floor
      title: Patches
      methods:
        - {method: LBG, tokenizer: lbg, grid: {codebook-size: [4, 8]}}
      """;

  /** What makes another processor of one, as far as numbers are concerned. */
  private static final String INSTRUCTION_SETS = "DNNL_MAX_CPU_ISA";

  private static final List<String> SMALL =
      List.of("features=onnx", "features.file=scorer.onnx", "bootstrap=4", "seeds=1");

  private static final int STEPS = 100;
  private static final int GENERATOR_STEPS = 30;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static Run local;

  @BeforeAll
  static void begin() throws Exception {
    Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
    Files.createDirectories(folder.resolve("cifar"));
    Files.write(folder.resolve("cifar/data_batch_1.bin"), images(40, 1));
    Files.write(folder.resolve("cifar/test_batch.bin"), images(20, 2));
    try (InputStream scorer = SparkClusterTest.class.getResourceAsStream("scorer.onnx")) {
      Files.copy(scorer, folder.resolve("scorer.onnx"));
    }
    cluster = new LocalCluster(folder.resolve("spark"), 2, 1);
    local = runHere("local", "--workers", "2");
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** CIFAR-10's binary format: gradients of some colour, by class. */
  private static byte[] images(int count, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[count * 3073];
    for (int i = 0; i < bytes.length; i++) {
      int image = i / 3073;
      int at = i % 3073;
      bytes[i] = (byte) (at == 0 ? image % 10 : (at % 32) * (image % 10) / 2 + random.nextInt(60));
    }
    return bytes;
  }

  private static List<String> command(String out, String... more) {
    List<String> settings = new ArrayList<>(SMALL);
    settings.addAll(
        List.of(
            "channels=8",
            "z-channels=16",
            "groups=4",
            "codebook-size=8",
            "batch-size=4",
            "perceptual-weight=0",
            "trunk-steps=0",
            "steps=" + STEPS,
            "generator.width=16",
            "generator.layers=1",
            "generator.heads=2",
            "generator-steps=" + GENERATOR_STEPS,
            "generator-batch-size=4",
            "checkpoint-seconds=1"));
    return command("sweep.yaml", settings, out, more);
  }

  private static List<String> command(
      String experiment, List<String> settings, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", experiment, "--data", "cifar10:cifar", "--out", out));
    settings.forEach(each -> arguments.addAll(List.of("--set", each)));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Run runHere(String out, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.vernier.harness.cli.Vernier"));
    command.addAll(command(out, more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(out + ".log").toFile());
    builder.environment().putAll(LocalCluster.ONE_THREAD);
    Process process = builder.start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve(out + ".log"))).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  /** The same numbers, features and weights, to the bit. */
  private static void assertSame(Run other) throws IOException {
    assertThat(other.record().cells()).isEqualTo(local.record().cells());
    assertThat(other.cells()).hasSameSizeAs(local.cells());
    for (int i = 0; i < local.cells().size(); i++) {
      Cell one = local.cells().get(i);
      Cell same = other.cells().get(i);
      assertThat(same.error()).isNull();
      assertThat(same.metrics()).isEqualTo(one.metrics());
      assertThat(same.codebooks()).isEqualTo(one.codebooks());
      assertThat(same.generation()).isEqualTo(one.generation());
      assertThat(same.notes()).isEqualTo(one.notes());
      List<String> compared = new ArrayList<>();
      for (String file :
          List.of(
              "features.npy",
              "samples.png",
              "state/tokenizer/SHA256SUMS",
              "state/generator/SHA256SUMS")) {
        Path expected = ResultFiles.cellFolder(local.folder(), one.id()).resolve(file);
        if (Files.exists(expected)) {
          assertThat(ResultFiles.cellFolder(other.folder(), one.id()).resolve(file))
              .hasSameBinaryContentAs(expected);
          compared.add(file);
        }
      }
      assertThat(compared).as("files of cell %s", one.id()).isNotEmpty();
    }
  }

  private static List<String> onSpark(List<String> command) {
    command.addAll(List.of("--executor", "spark", "--cell-memory", "1500"));
    return command;
  }

  @Test
  void cellsWhoseFilesTravel_haveTheSameBitsAsHere() throws Exception {
    LocalCluster.Outcome outcome =
        cluster.run(
            "shipped",
            folder,
            List.of(),
            onSpark(command("shipped", "--ship", "--tensorboard", "sent")));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("4 cells on Spark, 2 at once; results come through Spark")
        .contains("cells on Spark: 4 of 4");
    Run run = ResultFiles.read(folder.resolve("shipped"));
    assertSame(run);
    assertThat(new Curves(folder.resolve("sent")).of(run.record().cells().get(0)))
        .singleElement()
        .satisfies(steps -> assertThat(steps).hasSize(STEPS));
  }

  /** Its workers are started from the driver, whose class path is Spark's. */
  @Test
  void cellsOfThisMachine_areComputedUnderSparkSubmitToo() throws Exception {
    LocalCluster.Outcome outcome =
        cluster.run("here", folder, List.of(), command("here", "--workers", "1"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertSame(ResultFiles.read(folder.resolve("here")));
  }

  @Test
  void run_thatLosesProcessesAndIsInterrupted_goesOnHereToTheSameBits() throws Exception {
    Process driver =
        cluster.submit(
            "shared", folder, List.of(), onSpark(command("shared", "--tensorboard", "curves")));
    await(driver, "shared", () -> !checkpoints("shared").isEmpty());
    Map<String, Integer> saved = checkpoints("shared");
    cluster.cellProcesses().forEach(ProcessHandle::destroyForcibly);
    for (String lost : trainings().keySet()) {
      awaitSession(driver, lost, 2);
      assertThat(sessions(lost).get(1).get(0)).isGreaterThan(saved.getOrDefault(lost, 0));
    }

    List<ProcessHandle> executors = cluster.executors();
    assertThat(executors).hasSize(2);
    int before = begun();
    executors.get(0).destroyForcibly();
    await(driver, "shared", () -> cluster.printed("shared").contains("is lost"));
    await(driver, "shared", () -> begun() > before);
    // Whoever does not wait for a worker that takes its time ends in the meantime.
    List<ProcessHandle> slow = cluster.cellProcesses();
    signal("STOP", slow);
    try {
      driver.destroy();
      assertThat(driver.waitFor(2, TimeUnit.SECONDS)).isFalse();
    } finally {
      signal("CONT", slow);
    }
    LocalCluster.Outcome outcome = cluster.outcome("shared", driver);
    assertThat(outcome.err()).contains("through the run's folder");
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .isEqualTo(
            "vernier: interrupted; to continue, repeat the command with --out shared --resume");
    assertThat(found("shared", "cells/*/result.json")).hasSizeLessThan(local.cells().size());
    Map<String, Integer> taken = trainings();
    assertThat(taken).isNotEmpty();
    assertThat(checkpoints("shared")).containsAllEntriesOf(taken);
    assertSame(runHere("shared", "--workers", "2", "--resume", "--tensorboard", "curves"));
    for (String cell : taken.keySet()) {
      List<List<Integer>> all = sessions(cell);
      assertThat(all.get(all.size() - 1).get(0)).isEqualTo(taken.get(cell) + 1);
    }
  }

  private static List<List<Integer>> sessions(String cell) throws IOException {
    return new Curves(folder.resolve("curves")).of(cell);
  }

  /** The last step of each training that is not at its end. */
  private static Map<String, Integer> trainings() throws IOException {
    Map<String, Integer> steps = new TreeMap<>();
    for (String cell : local.record().cells()) {
      sessions(cell).stream().flatMap(List::stream).forEach(step -> steps.put(cell, step));
    }
    steps.values().removeAll(List.of(STEPS, GENERATOR_STEPS));
    return steps;
  }

  /** Trainings that have taken a step since they began or went on. */
  private static int begun() throws IOException {
    int begun = 0;
    for (String cell : local.record().cells()) {
      begun += (int) sessions(cell).stream().filter(each -> !each.isEmpty()).count();
    }
    return begun;
  }

  private static void awaitSession(Process driver, String cell, int number) throws Exception {
    await(
        driver,
        "shared",
        () -> sessions(cell).size() >= number && !sessions(cell).get(number - 1).isEmpty());
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle each : processes) {
      // What the shell has built in: the program of that name is not on every system.
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + each.pid()).start().waitFor();
    }
  }

  /** The step of each cell's newest checkpoint. */
  private static Map<String, Integer> checkpoints(String run) throws IOException {
    Map<String, Integer> steps = new TreeMap<>();
    for (Path each : found(run, "cells/*/state/step-*")) {
      String step = each.getFileName().toString().substring("step-".length());
      steps.merge(
          each.getName(each.getNameCount() - 3).toString(), Integer.parseInt(step), Math::max);
    }
    return steps;
  }

  @Test
  @SuppressWarnings("try") // the other worker is there, never used
  void executorsOfAnotherProcessor_computeNoCells() throws Exception {
    Files.writeString(folder.resolve("floor.yaml"), FLOOR);
    List<String> command = onSpark(command("floor.yaml", SMALL, "floor"));
    LocalCluster.Outcome nowhere =
        cluster.run(
            "nowhere", folder, List.of("spark.executorEnv." + INSTRUCTION_SETS + "=AVX2"), command);
    assertThat(nowhere.code()).as(nowhere.err()).isEqualTo(2);
    assertThat(nowhere.complaints())
        .singleElement()
        .asString()
        .startsWith("vernier: no executor computes the cells; 127.0.0.1: the ")
        .contains(" differs from the run's: here it is ", "AVX2", ", where the run was begun ");
    assertThat(found("floor", "cells/*/result.json")).isEmpty();

    command.add("--resume");
    try (Closeable other = cluster.add("other", 2, Map.of(INSTRUCTION_SETS, "AVX2"))) {
      LocalCluster.Outcome elsewhere =
          cluster.run(
              "elsewhere", folder, List.of("spark.cores.max=2", "spark.executor.cores=1"), command);
      assertThat(elsewhere.code()).as(elsewhere.err()).isZero();
      assertThat(elsewhere.err()).contains("on 127.0.0.1 computes no cells");
      assertThat(found("floor", "cells/*/result.json")).hasSize(2);
    }
  }

  /** Spark waits for both before it hands out its context, as on YARN for most. */
  @Test
  void doctor_examinesEveryExecutor_withThePlugins() throws Exception {
    Path plugins = Files.createDirectories(folder.resolve("jars"));
    new JarOutputStream(Files.newOutputStream(plugins.resolve("mine.jar"))).close();
    LocalCluster.Outcome outcome =
        cluster.run(
            "doctor",
            folder,
            List.of("spark.cores.max=2", "spark.scheduler.minRegisteredResourcesRatio=1"),
            List.of(
                "doctor",
                "--plugins",
                "jars",
                "--cell-memory",
                "1500",
                "--spark.master",
                cluster.master()));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("executor 0 on 127.0.0.1 (1 core), executor 1 on 127.0.0.1 (1 core)")
        .contains("  backend: onednn", "  plugins: (a folder of Spark's)/plugins: mine.jar");
  }

  private static void await(Process driver, String name, Callable<Boolean> what) throws Exception {
    while (!what.call()) {
      assertThat(driver.isAlive()).as(cluster.printed(name)).isTrue();
      Thread.sleep(20);
    }
  }

  private static List<Path> found(String run, String pattern) throws IOException {
    Path root = folder.resolve(run);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> below = Files.find(root, 4, (path, attributes) -> true)) {
      return below
          .filter(
              path ->
                  path.getFileSystem().getPathMatcher("glob:" + root + "/" + pattern).matches(path))
          .toList();
    } catch (UncheckedIOException e) {
      // A file came or went in the meantime.
      return List.of();
    }
  }
}
