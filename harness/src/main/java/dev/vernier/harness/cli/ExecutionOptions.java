package dev.vernier.harness.cli;

import dev.vernier.harness.cluster.Cluster;
import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.harness.cluster.ClusterProvider;
import dev.vernier.harness.cluster.ThisMachine;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the cells of a run are computed. */
final class ExecutionOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "worker processes, of one native thread each or of VERNIER_THREADS; 0 runs cells in this"
              + " process, to the same numbers (default: as many as cores and memory allow; 0 on a"
              + " GPU)")
  private Integer workers;

  @Mixin private CellMemoryOption cellMemory;

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      defaultValue = ClusterProvider.LOCAL,
      description = "where cells run: local, or spark (default: ${DEFAULT-VALUE})")
  private String executor;

  @Mixin private SparkOptions spark;

  @Option(
      names = "--ship",
      description =
          "send datasets and given files to the cluster and fetch results back, for machines that"
              + " share no folder with this one")
  private boolean ship;

  /**
   * Connects to where cells run.
   *
   * @param application what a cluster calls it
   * @throws UsageException if options contradict each other, or a cluster cannot be reached
   */
  Cluster connect(String application) throws IOException {
    if (workers != null && workers < 0) {
      throw new UsageException("--workers cannot be " + workers + ": give 0 or more");
    }
    int memory = cellMemory.mebibytes();
    if (!executor.equals(ClusterProvider.LOCAL)) {
      if (workers != null) {
        throw new UsageException(
            "--workers is for this machine: of a cluster, give --conf spark.executor.cores and the"
                + " like");
      }
      return ClusterProvider.named(executor)
          .connect(
              new ClusterOptions(application, spark.master(), spark.configuration(), memory, ship));
    }
    if (spark.master().isPresent() || !spark.configuration().isEmpty() || ship) {
      throw new UsageException(
          (spark.master().isPresent() ? "--spark.master" : ship ? "--ship" : "--conf")
              + " is for a cluster: add --executor spark");
    }
    if (workers != null && cellMemory.isGiven()) {
      throw new UsageException(
          CellMemoryOption.NAME
              + " decides how many workers this machine serves, and --workers says it: leave one"
              + " out");
    }
    return new ThisMachine(workers == null ? OptionalInt.empty() : OptionalInt.of(workers), memory);
  }
}
