package dev.vernier.harness.cluster;

import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.workers.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What it takes to run the cells of a run.
 *
 * @param folder the run's, held by this process
 * @param cells how many there are, finished ones included
 * @param runner runs them in this process
 * @param plugins folder of plugin jars, which may not be there
 * @param watching what else a worker's command line gets
 * @param curves takes TensorBoard's files; empty for none
 * @param interruption stops them
 */
public record CellWork(
    RunFolder folder,
    int cells,
    Supplier<CellRunner> runner,
    Path plugins,
    List<String> watching,
    Optional<Path> curves,
    Interruption interruption) {
  /** What a worker's command line gets beside the folders, where it sees those of this process. */
  public List<String> workerArguments() {
    List<String> arguments = new ArrayList<>(watching);
    curves.ifPresent(folder -> arguments.addAll(List.of(Worker.TENSOR_BOARD, folder.toString())));
    return arguments;
  }
}
