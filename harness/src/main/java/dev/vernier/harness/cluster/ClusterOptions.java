package dev.vernier.harness.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * How to connect to a cluster.
 *
 * @param application what the cluster calls what runs there
 * @param master address of the cluster; empty where something else says it
 * @param configuration of the engine, by key
 * @param cellMemory what a cell may take, in MiB
 * @param ship whether no folder is taken for shared: data and given files are sent
 */
public record ClusterOptions(
    String application,
    Optional<String> master,
    Map<String, String> configuration,
    int cellMemory,
    boolean ship) {
  /** Copies the map. */
  public ClusterOptions {
    configuration = Map.copyOf(configuration);
  }
}
