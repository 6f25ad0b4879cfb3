package dev.vernier.reports.comparison;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of the FQGAN paper (Bai et al. 2024, "Factorized Visual Tokenization and Generation") as
 * published, for readers to see beside their own; nothing is ever computed from both.
 */
public final class Published {
  private static final String FOLDER = "/dev/vernier/reports/published/";
  private static final Map<String, String> FILES =
      Map.of(
          "fig1", "figure1.csv",
          "table1", "table1.csv",
          "table2", "table2.csv",
          "table3", "table3.csv",
          "table4", "table4.csv");

  private Published() {}

  /** The points of figure 1: a method, a codebook size, an rFID each. */
  public static List<Map<String, String>> figureOne() throws IOException {
    return rows("figure1.csv");
  }

  /** What the paper reports where an experiment follows it; empty for other experiments. */
  public static Optional<List<Map<String, String>>> of(String experiment) throws IOException {
    String file = FILES.get(experiment);
    return file == null ? Optional.empty() : Optional.of(rows(file));
  }

  private static List<Map<String, String>> rows(String file) throws IOException {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (InputStream in = Published.class.getResourceAsStream(FOLDER + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      try (MappingIterator<Map<String, String>> rows =
          new CsvMapper().readerForMapOf(String.class).with(header).readValues(text)) {
        return rows.readAll();
      }
    }
  }
}
