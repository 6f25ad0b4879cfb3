package dev.vernier.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {
  private static final String WORK = "TrainingStep.step quick vqgan:1024";

  @TempDir private Path folder;

  @Test
  void table_comparesWithPyTorchAndTheGoal() {
    String table =
        SideBySide.table(Map.of(WORK, 300.0, "Generator.step", 20.0), Map.of(WORK, 120.0), 1);
    assertThat(table.lines())
        .containsExactly(
            "| work, 1 native thread | a second | PyTorch | ratio | goal |",
            "| --- | --- | --- | --- | --- |",
            "| " + WORK + " | 300.0 | 120.0 | 2.50 | 2.5 |");
    assertThat(SideBySide.table(Map.of(WORK, 300.0), Map.of(WORK, 120.0), 2))
        .endsWith("| 2.50 | 2.5 with 1 thread |");
  }

  @Test
  void everyGoal_hasItsCounterpartInPyTorch() throws Exception {
    String script = Files.readString(PyTorch.script());
    assertThat(SideBySide.GOALS.keySet())
        .isNotEmpty()
        .allSatisfy(work -> assertThat(script).contains('"' + work + '"'));
  }

  @Test
  void interpreter_isAskedWithItsOwnThreads_andAnswersInJson() throws Exception {
    Path python =
        interpreter(
            "test -z \"$OMP_WAIT_POLICY$OMP_NUM_THREADS\" && test \"$2 $3\" = '--threads 2' &&"
                + " echo \"{\\\"work\\\": \\\"$4\\\", \\\"per_second\\\": 12.5}\"");
    assertThat(new PyTorch(python.toString(), 2).itemsPerSecond(List.of(WORK)))
        .isEqualTo(Map.of(WORK, 12.5));
  }

  @Test
  void interpreterThatFails_isSaidInOneLine() throws Exception {
    String failing = interpreter("exit 1").toString();
    assertThatThrownBy(() -> new PyTorch(failing, 1).itemsPerSecond(List.of(WORK)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            failing + " cannot measure PyTorch: install it there, or give another interpreter");
    String missing = folder.resolve("missing").toString();
    assertThatThrownBy(() -> new PyTorch(missing, 1).itemsPerSecond(List.of(WORK)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("cannot start " + missing);
  }

  private Path interpreter(String body) throws Exception {
    Path file = folder.resolve("python");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
