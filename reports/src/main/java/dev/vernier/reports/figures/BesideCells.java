package dev.vernier.reports.figures;

import dev.vernier.records.Cell;
import dev.vernier.records.CellFile;
import dev.vernier.records.UnusableRecord;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one kind of record says beside the cells of each method at its largest size and lowest seed.
 *
 * @param records of the rows that have one
 * @param unusable why those of other rows cannot be drawn
 */
record BesideCells<T>(Map<Row, T> records, List<String> unusable) {
  static <T> BesideCells<T> read(CellFile<T> file, Measurements measured) throws IOException {
    Map<Row, T> records = new LinkedHashMap<>();
    List<String> unusable = new ArrayList<>();
    for (Row row : Rows.largest(measured.rows())) {
      Cell cell = row.lowestSeed();
      try {
        file.read(measured.folders().of(row, cell)).ifPresent(each -> records.put(row, each));
      } catch (UnusableRecord e) {
        unusable.add(row.label() + ", " + cell.seedWords() + ": " + e.getMessage());
      }
    }
    return new BesideCells<>(records, unusable);
  }

  /** A sentence of a caption, after a blank; empty where nothing is missing. */
  String missing() {
    return unusable.isEmpty() ? "" : " Missing: " + String.join("; ", unusable) + ".";
  }
}
