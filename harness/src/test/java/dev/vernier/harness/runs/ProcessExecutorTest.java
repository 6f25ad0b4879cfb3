package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.results.Cell;
import dev.vernier.spi.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With shell scripts in place of workers. */
class ProcessExecutorTest {
  @TempDir private Path folder;

  private static CellPlan cell(String id) {
    return new CellPlan(id, "A", "vqgan", Map.of(), Map.of(), 1);
  }

  /**
   * An executor of a script.
   *
   * @param script gets the run folder as {@code $0} and the cell as {@code $1}
   */
  private ProcessExecutor executor(int workers, String script) {
    return new ProcessExecutor(
        new RunFolder(folder),
        workers,
        plan -> List.of("sh", "-c", script, folder.toString(), plan.id()),
        new Interruption());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb\tc\td", "a\t1\t99999999999999999999\tb", "a\t-1\t2\tb"})
  void lineLikeNews_isToldWhereTheWorkerFails(String line) throws IOException {
    List<String> told = new ArrayList<>();
    executor(1, "printf 'train\\t3\\t8\\tloss 1\\n'; echo '" + line + "'; exit 7")
        .execute(
            List.of(cell("one"), cell("two")),
            (task, done, total, detail) ->
                told.add(task + " " + done + "/" + total + " " + detail));
    assertThat(told).contains("worker 1: train 3/8 loss 1");
    for (String id : List.of("one", "two")) {
      Cell cell = ResultFiles.readCell(folder, id);
      assertThat(cell.error()).isEqualTo("the worker ended with exit code 7: " + line);
    }
  }

  @Test
  @Timeout(30)
  void laneThatFails_endsTheWorkersOfTheOthers() throws IOException {
    // Its result cannot be written: its folder is a file.
    Files.createDirectories(folder.resolve("cells"));
    Files.createFile(folder.resolve("cells/fails"));
    String script =
        """
        if [ "$1" = fails ]; then
          while [ ! -s "$0/pid" ]; do sleep 0.01; done
          exit 1
        fi
        touch "$0/$1.begun"
        echo $$ >"$0/pid"
        exec sleep 600
        """;
    ProcessExecutor executor = executor(2, script);
    List<CellPlan> cells = List.of(cell("fails"), cell("long"), cell("waiting"));
    assertThatThrownBy(() -> executor.execute(cells, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fails");
    long worker = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(worker).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(folder.resolve("waiting.begun")).doesNotExist();
    assertThat(ResultFiles.cellFile(folder, "long")).doesNotExist();
  }
}
