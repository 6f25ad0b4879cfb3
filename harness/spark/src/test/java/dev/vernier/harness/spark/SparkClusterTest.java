package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small sweep, with a generator, on a cluster of two executors. */
@Tag("spark")
@Timeout(300)
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
    List<String> arguments =
        new ArrayList<>(List.of("run", "sweep.yaml", "--data", "cifar10:cifar", "--out", out));
    Stream.of(
            "features=onnx",
            "features.file=scorer.onnx",
            "bootstrap=4",
            "channels=8",
            "z-channels=16",
            "groups=4",
            "codebook-size=8",
            "batch-size=4",
            "perceptual-weight=0",
            "trunk-steps=0",
            "seeds=1",
            "steps=100",
            "generator.width=16",
            "generator.layers=1",
            "generator.heads=2",
            "generator-steps=30",
            "generator-batch-size=4",
            "checkpoint-seconds=1")
        .forEach(each -> arguments.addAll(List.of("--set", each)));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Run runHere(String out, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
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
      for (String file : List.of("features.npy", "samples.png", "state/tokenizer/SHA256SUMS")) {
        Path expected = ResultFiles.cellFolder(local.folder(), one.id()).resolve(file);
        if (Files.exists(expected)) {
          assertThat(ResultFiles.cellFolder(other.folder(), one.id()).resolve(file))
              .hasSameBinaryContentAs(expected);
        }
      }
    }
  }

  private static List<String> onSpark(String out, String... more) {
    List<String> command = command(out, more);
    command.addAll(List.of("--executor", "spark", "--cell-memory", "1500"));
    return command;
  }

  @Test
  void cellsWhoseFilesTravel_haveTheSameBitsAsHere() throws Exception {
    LocalCluster.Outcome outcome =
        cluster.run("shipped", folder, List.of(), onSpark("shipped", "--ship"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("4 cells on Spark, 2 at once; results come through Spark")
        .contains("cells on Spark: 4 of 4");
    assertSame(ResultFiles.read(folder.resolve("shipped")));
  }

  @Test
  void run_thatLosesAnExecutorAndIsInterrupted_goesOnHereToTheSameBits() throws Exception {
    Process driver = cluster.submit("shared", folder, List.of(), onSpark("shared"));
    await(driver, "shared", "cells/*/state/step-*");
    List<ProcessHandle> executors = cluster.executors();
    assertThat(executors).hasSize(2);
    executors.get(0).destroyForcibly();
    while (!cluster.printed("shared").contains("is lost")) {
      assertThat(driver.isAlive()).as(cluster.printed("shared")).isTrue();
      Thread.sleep(20);
    }
    await(driver, "shared", "cells/*/result.json");
    driver.destroy();
    LocalCluster.Outcome outcome = cluster.outcome("shared", driver);
    assertThat(outcome.err()).contains("through the run's folder");
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .isEqualTo("vernier: interrupted; the same command with --out shared --resume goes on");
    assertThat(found("shared", "cells/*/result.json")).hasSizeLessThan(local.cells().size());
    assertSame(runHere("shared", "--workers", "2", "--resume"));
  }

  /** Spark waits for both before it hands out its context, as on YARN for most. */
  @Test
  void doctor_examinesEveryExecutor() throws Exception {
    LocalCluster.Outcome outcome =
        cluster.run(
            "doctor",
            folder,
            List.of("spark.cores.max=2", "spark.scheduler.minRegisteredResourcesRatio=1"),
            List.of("doctor", "--spark.master", cluster.master()));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("executor 0 on 127.0.0.1 (1 cores), executor 1 on 127.0.0.1 (1 cores)")
        .contains("  backend: onednn");
  }

  private static void await(Process driver, String run, String pattern) throws Exception {
    while (found(run, pattern).isEmpty()) {
      assertThat(driver.isAlive()).as(cluster.printed(run)).isTrue();
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
