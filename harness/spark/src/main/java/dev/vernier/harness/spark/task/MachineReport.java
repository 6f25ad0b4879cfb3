package dev.vernier.harness.spark.task;

import java.io.Serializable;

/**
 * What an executor says of itself.
 *
 * @param executor its id
 * @param host of its machine
 * @param memory of the machine, or of the container, in MiB
 * @param sees whether it sees the run's folder
 * @param text what was asked for; empty where nothing was
 */
public record MachineReport(String executor, String host, long memory, boolean sees, String text)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
