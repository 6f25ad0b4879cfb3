package dev.vernier.reports.significance;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The numbers of a row that a metric's mean over some seeds comes from. */
final class Sample {
  private final Row row;
  private final String key;
  private final List<Cell> cells;
  private final CellFolders folders;
  private final ImageScores scores;

  Sample(Row row, String key, Set<Long> seeds, CellFolders folders, ImageScores scores) {
    this.row = row;
    this.key = key;
    this.cells = row.cells().stream().filter(cell -> seeds.contains(cell.seed())).toList();
    this.folders = folders;
    this.scores = scores;
  }

  /**
   * How the number depends on the images, averaged over the seeds: by replicates where all seeds
   * have them, drawn alike, else by the score of each image; empty where there are neither.
   */
  Optional<OverImages> overImages() throws IOException {
    Optional<OverImages> replicates = OverImages.mean(replicates());
    return replicates.isPresent() ? replicates : OverImages.mean(images());
  }

  /** How many times the images of each seed were resampled; nothing where those of one were not. */
  Stream<Integer> resamples() throws IOException {
    return replicates().stream().map(OverImages::count);
  }

  /** The replicates of each seed; none where one of them has none. */
  private List<OverImages> replicates() throws IOException {
    List<OverImages> all = new ArrayList<>();
    for (Cell cell : cells) {
      ResultFiles.readReplicates(folders.of(row, cell), key)
          .filter(each -> each.values().size() > 1)
          .filter(each -> isOf(each, cell))
          .map(OverImages::of)
          .ifPresent(all::add);
    }
    return all.size() < cells.size() ? List.of() : all;
  }

  /** Whether replicates are of the number that the cell has; usage stands in no metric. */
  private boolean isOf(Replicates replicates, Cell cell) {
    Metric metric = cell.metrics().get(key);
    return metric == null || metric.protocol().equals(replicates.protocol());
  }

  /** The scores of each seed; none where one of them has none. */
  private List<OverImages> images() throws IOException {
    List<OverImages> all = new ArrayList<>();
    for (Cell cell : cells) {
      scores.of(folders.of(row, cell).resolve("images.csv"), key).ifPresent(all::add);
    }
    return all.size() < cells.size() ? List.of() : all;
  }
}
