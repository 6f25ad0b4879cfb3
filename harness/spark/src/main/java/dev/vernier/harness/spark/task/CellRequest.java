package dev.vernier.harness.spark.task;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A cell to run.
 *
 * @param id of the cell
 * @param plan its {@code cell.json}, by the folders of cells; empty where the machine finds it
 * @param inputs the cells that it stands on, by the folders of cells; empty where the machine finds
 *     them there
 */
public record CellRequest(String id, FileSet plan, List<Broadcast<FileSet>> inputs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public CellRequest {
    inputs = List.copyOf(inputs);
  }
}
