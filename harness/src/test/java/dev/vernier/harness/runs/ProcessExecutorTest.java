package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.workers.Refusal;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
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
   * @param script gets the run folder as {@code $0} and reads ids of cells from its input
   */
  private ProcessExecutor executor(int workers, String script) {
    return new ProcessExecutor(
        new RunFolder(folder),
        workers,
        List.of("sh", "-c", script, folder.toString()),
        new Interruption());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb\tc\td", "a\t1\t99999999999999999999\tb", "a\t-1\t2\tb"})
  void lineLikeNews_isToldWhereTheWorkerFails(String line) throws IOException {
    List<String> reported = new ArrayList<>();
    executor(1, "read -r cell; printf 'train\\t3\\t8\\tloss 1\\n'; echo '" + line + "'; exit 7")
        .execute(
            List.of(cell("one"), cell("two")),
            (task, done, total, detail) ->
                reported.add(task + " " + done + "/" + total + " " + detail));
    assertThat(reported).contains("worker 1: train 3/8 loss 1");
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
        read -r cell
        if [ "$cell" = fails ]; then
          while [ ! -s "$0/pid" ]; do sleep 0.01; done
          exit 1
        fi
        touch "$0/$cell.begun"
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

  @Test
  void oneWorker_runsCellAfterCell_andIsReplacedWhereItCrashes() throws IOException {
    // Each worker notes its cells; the first that gets "crashes" does so, once.
    String script =
        """
        while read -r cell; do
          echo "$$ $cell" >>"$0/log"
          if [ "$cell" = crashes ] && [ ! -e "$0/crashed" ]; then touch "$0/crashed"; exit 9; fi
          printf '\\tdone\\t%s\\n' "$cell"
        done
        """;
    executor(1, script).execute(List.of(cell("one"), cell("crashes"), cell("last")), Progress.NONE);
    List<String[]> log =
        Files.readAllLines(folder.resolve("log")).stream().map(line -> line.split(" ")).toList();
    assertThat(log)
        .extracting(each -> each[1])
        .containsExactly("one", "crashes", "crashes", "last");
    assertThat(log.get(1)[0]).isEqualTo(log.get(0)[0]);
    assertThat(log.get(2)[0]).isEqualTo(log.get(3)[0]).isNotEqualTo(log.get(0)[0]);
    assertThat(ResultFiles.cellFile(folder, "crashes")).doesNotExist();
  }

  @Test
  void workerThatRefuses_endsTheRunOnce_andFailsNoCell() {
    String script =
        """
        read -r cell
        echo "$cell" >>"$0/asked"
        printf '\\trefused\\tthe dataset differs\\n'
        exit 2
        """;
    assertThatThrownBy(
            () -> executor(1, script).execute(List.of(cell("one"), cell("two")), Progress.NONE))
        .isInstanceOf(Refusal.class)
        .hasMessage("the dataset differs");
    assertThat(folder.resolve("asked")).hasContent("one");
    assertThat(folder.resolve("cells")).doesNotExist();
  }
}
