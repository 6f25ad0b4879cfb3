package dev.vernier.harness.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSetupTest {
  /** Java's heap and native arrays share what a cell may take; neither may have all of it. */
  @Test
  void limitsOfMemoryAndThreads_areThoseOfACell() {
    WorkerSetup setup =
        new WorkerSetup(
            "session", "/run", "/", 3072, 2, Map.of(), Map.of(), List.of(), false, List.of());
    Installation installation = new Installation(List.of(Path.of("/vernier.jar")));
    assertThat(setup.command(installation, Path.of("/cache"), List.of("worker")))
        .contains(
            "-Xmx768m",
            "-Dorg.bytedeco.javacpp.maxbytes=1536m",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=3072m",
            "-XX:ActiveProcessorCount=2",
            "-Dvernier.cache=/cache")
        .endsWith("dev.vernier.harness.cli.Vernier", "worker");
  }
}
