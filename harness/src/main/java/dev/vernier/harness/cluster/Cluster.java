package dev.vernier.harness.cluster;

import dev.vernier.harness.runs.CellExecutor;

/** Machines that are connected to, until closed. */
public interface Cluster extends AutoCloseable {
  /**
   * What runs the cells of a run there.
   *
   * @throws dev.vernier.spi.UsageException if they would not fit
   */
  CellExecutor executor(CellWork work);

  /** Ends the connection, and what still runs there. */
  @Override
  void close();
}
