package dev.vernier.harness.generation;

import dev.vernier.harness.images.NpzImages;
import dev.vernier.harness.images.PngImage;
import dev.vernier.harness.images.SampleGrid;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series of images as files: {@code images/} with a PNG each, {@code samples.npz} with all of
 * them, and {@code samples.png} with a row for each of the first classes.
 *
 * @param folder where they lie
 */
public record SampleFiles(Path folder) {
  private static final int PART = 64;
  private static final int ROWS = 10;
  private static final int COLUMNS = 8;

  /**
   * Writes them.
   *
   * @param series has been drawn
   * @param tokenizer decodes it
   * @param between called between parts; may throw to stop
   */
  public void write(SampleSeries series, Tokenizer tokenizer, Runnable between, Progress progress)
      throws IOException {
    Map<Integer, List<LabelledImage>> rows = new TreeMap<>();
    WholeFile.write(
        folder.resolve("samples.npz"),
        beside -> {
          try (NpzImages all =
              new NpzImages(beside, series.count(), tokenizer.spec().imageSize())) {
            for (int first = 0; first < series.count(); first += PART) {
              between.run();
              List<LabelledImage> part = series.images(tokenizer, first, PART);
              for (int i = 0; i < part.size(); i++) {
                all.add(part.get(i));
                write(part.get(i), first + i);
                show(part.get(i), rows);
              }
              progress.update("write samples", first + part.size(), series.count(), "");
            }
          }
        });
    int width = rows.values().stream().mapToInt(List::size).min().orElseThrow();
    ResultFiles.writeWhole(
        folder.resolve("samples.png"),
        SampleGrid.png(rows.values().stream().map(row -> row.subList(0, width)).toList()));
  }

  private void write(LabelledImage image, int number) throws IOException {
    String name = String.format(Locale.ROOT, "%06d-class-%d.png", number, image.label());
    ResultFiles.writeWhole(folder.resolve("images").resolve(name), PngImage.of(image));
  }

  private static void show(LabelledImage image, Map<Integer, List<LabelledImage>> rows) {
    if (rows.size() < ROWS || rows.containsKey(image.label())) {
      List<LabelledImage> row = rows.computeIfAbsent(image.label(), label -> new ArrayList<>());
      if (row.size() < COLUMNS) {
        row.add(image);
      }
    }
  }
}
