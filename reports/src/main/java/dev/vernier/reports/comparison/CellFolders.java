package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the cells of rows lie.
 *
 * @param runs the runs that the rows were made of
 */
public record CellFolders(List<Run> runs) {
  /** Copies the list. */
  public CellFolders {
    runs = List.copyOf(runs);
  }

  /** Number of the run that a cell of a row comes from, counted from 1. */
  public int run(Row row, Cell cell) {
    return row.runs().stream()
        .filter(run -> runs.get(run - 1).cells().contains(cell))
        .findFirst()
        .orElseThrow();
  }

  /** The folder of a cell of a row. */
  public Path of(Row row, Cell cell) {
    return ResultFiles.cellFolder(runs.get(run(row, cell) - 1).folder(), cell.id());
  }
}
