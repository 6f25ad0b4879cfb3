package dev.vernier.harness.cluster;

import dev.vernier.harness.runs.CellExecutor;
import dev.vernier.harness.runs.LocalExecutor;
import dev.vernier.harness.runs.ProcessExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The machine that this process runs on.
 *
 * @param workers processes, 0 for none but this; empty for as many as suit it
 * @param cellMemory what a cell may take, in MiB
 */
public record ThisMachine(OptionalInt workers, int cellMemory) implements Cluster {
  /** This process alone. */
  public static final ThisMachine IN_PROCESS = new ThisMachine(OptionalInt.of(0), 0);

  @Override
  public CellExecutor executor(CellWork work) {
    int processes =
        workers.isPresent()
            ? Math.min(workers.getAsInt(), work.cells())
            : ProcessExecutor.number(work.cells(), cellMemory);
    if (processes == 0) {
      return new LocalExecutor(work.runner().get(), work.interruption());
    }
    List<String> arguments = new ArrayList<>(List.of("--plugins", work.plugins().toString()));
    arguments.addAll(work.workerArguments());
    return ProcessExecutor.of(work.folder(), processes, arguments, work.interruption());
  }

  @Override
  public void close() {
    // Workers end with the cells that they are given.
  }
}
