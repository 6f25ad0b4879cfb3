package dev.vernier.reports.samples;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Row;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Copies the sample pictures of the cells into a report, so that the report can be moved. */
public final class Samples {
  /** The sample picture in the folder of a cell. */
  static final String FILE = "samples.png";

  private static final String PAIR = "originals, reconstructions";
  private static final String GENERATED =
      "a row a class of what was drawn for it, and at the end the images nearest in feature space to the"
          + " first ones, of at most 50,000 training images";

  private Samples() {}

  /**
   * Copies them.
   *
   * @return one for each cell that has a picture
   */
  public static List<SamplePicture> copy(List<Run> runs, List<Row> rows, Path folder)
      throws IOException {
    CellFolders folders = new CellFolders(runs);
    List<SamplePicture> pictures = new ArrayList<>();
    for (Row row : rows) {
      for (Cell cell : row.cells()) {
        int run = folders.run(row, cell);
        Path picture = folders.of(row, cell).resolve(FILE);
        if (Files.exists(picture)) {
          String file = "samples-" + cell.id() + (run == 1 ? "" : "-run" + run) + ".png";
          ResultFiles.writeWhole(folder.resolve(file), Files.readAllBytes(picture));
          String caption = caption(row, cell, picture);
          pictures.add(
              new SamplePicture(file, "Rows of images: " + caption, caption, row.generates()));
        }
      }
    }
    return pictures;
  }

  private static String caption(Row row, Cell cell, Path picture) throws IOException {
    String size = row.spec().map(spec -> ", codebook size " + spec.totalCodes()).orElse("");
    String rows = row.generator().isPresent() ? GENERATED : rows(row.spec(), picture);
    return row.label() + size + ", " + cell.seedWords() + " (cell " + cell.id() + "): " + rows;
  }

  /**
   * What the picture shows, from top to bottom; of a decoder that takes all sub-codebooks at once,
   * such as one that was given, there is no row of each alone.
   */
  private static String rows(Optional<TokenizerSpec> spec, Path picture) throws IOException {
    if (spec.isEmpty() || !SampleRows.showsParts(picture, spec.get())) {
      return PAIR;
    }
    return spec.get().subCodebooks().stream()
        .map(SubCodebook::name)
        .collect(
            Collectors.joining(
                ", ",
                "originals, reconstructions, then each sub-codebook alone, the others' vectors"
                    + " filled with zeros: ",
                ""));
  }
}
