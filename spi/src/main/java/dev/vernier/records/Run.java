package dev.vernier.records;

import java.nio.file.Path;
import java.util.List;

/**
 * A run as its folder holds it.
 *
 * @param folder where it lies
 * @param record what it is
 * @param cells the cells there are results of, in the order of the experiment
 */
public record Run(Path folder, RunRecord record, List<Cell> cells) {
  /** Copies the cells. */
  public Run {
    cells = List.copyOf(cells);
  }
}
