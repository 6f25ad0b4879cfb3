package dev.vernier.reports.samples;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.text.NumberText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * One picture of what each method leaves of the same images, at its largest size and lowest seed:
 * the originals once, then a row a method, from the sample pictures of the cells.
 */
public final class Reconstructions {
  /** The picture's file. */
  public static final String FILE = "reconstructions.png";

  private final List<Line> lines;
  private final List<String> left;

  private Reconstructions(List<Line> lines, List<String> left) {
    this.lines = lines;
    this.left = left;
  }

  /**
   * A cell and its pictures.
   *
   * @param label of the row it comes from
   */
  private record Line(String label, Cell cell, SampleRows samples) {
    /** What is written beside its row, a line each. */
    List<String> text() {
      return Stream.concat(
              Stream.of(label, cell.spec().totalCodes() + " codes"),
              Stream.of(number(MetricKind.PSNR, " dB"), number(MetricKind.RFID, ""))
                  .flatMap(Optional::stream))
          .toList();
    }

    private Optional<String> number(MetricKind kind, String unit) {
      return Optional.ofNullable(cell.metrics().get(kind.key()))
          .map(metric -> shown(metric) + unit);
    }

    private static String shown(Metric metric) {
      double value = metric.value();
      return metric.label() + " " + NumberText.of(value, NumberText.decimals(value));
    }
  }

  /**
   * Writes {@code reconstructions.png} into a folder. Cells whose picture is missing or shows other
   * originals than most do are left out.
   *
   * @return the same images one by one; empty where no cell has samples
   */
  public static Optional<ImageGrid> write(List<Run> runs, List<Row> rows, Path folder)
      throws IOException {
    CellFolders folders = new CellFolders(runs);
    List<Line> readable = new ArrayList<>();
    List<Row> largest = Rows.largest(rows);
    for (Row row : largest) {
      Cell cell = row.lowestSeed();
      SampleRows.read(folders.of(row, cell).resolve(Samples.FILE), cell.spec())
          .ifPresent(samples -> readable.add(new Line(row.label(), cell, samples)));
    }
    if (readable.isEmpty()) {
      return Optional.empty();
    }
    List<Line> shown = ofTheSameOriginals(readable);
    List<String> left = new ArrayList<>(largest.stream().map(Row::label).toList());
    left.removeAll(shown.stream().map(Line::label).toList());
    Reconstructions all = new Reconstructions(shown, left);
    ResultFiles.writeWhole(folder.resolve(FILE), all.png());
    return Optional.of(all.grid());
  }

  /** The lines that show what most of them do; of equally many, what the first one does. */
  private static List<Line> ofTheSameOriginals(List<Line> lines) {
    Collection<List<Line>> groups =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.samples().originalsKey(), LinkedHashMap::new, Collectors.toList()))
            .values();
    int most = groups.stream().mapToInt(List::size).max().orElseThrow();
    return groups.stream().filter(group -> group.size() == most).findFirst().orElseThrow();
  }

  private byte[] png() throws IOException {
    List<LabelledRows.Row> rows = new ArrayList<>();
    rows.add(new LabelledRows.Row(List.of("originals"), lines.get(0).samples().originals()));
    lines.forEach(
        line -> rows.add(new LabelledRows.Row(line.text(), line.samples().reconstructions())));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(LabelledRows.draw(rows, 1), "png", bytes);
    return bytes.toByteArray();
  }

  private ImageGrid grid() throws IOException {
    SampleRows first = lines.get(0).samples();
    List<List<BufferedImage>> images = new ArrayList<>();
    images.add(first.images(first.originals()));
    lines.forEach(line -> images.add(line.samples().images(line.samples().reconstructions())));
    return ImageGrid.of(lines.stream().map(Line::text).toList(), images, caption());
  }

  private String caption() {
    String cells =
        lines.stream()
            .map(line -> line.cell().id() + " (" + line.cell().seedWords() + ")")
            .collect(Collectors.joining(", "));
    String leftOut =
        left.isEmpty()
            ? ""
            : " Left out, since no picture of the same originals was found: "
                + String.join(", ", left)
                + ".";
    return "The originals at the top, below them their reconstructions by each method at its largest size, with the PSNR and the rFID of that cell over all images measured (their"
        + " protocols and intervals are in the tables). Cells "
        + cells
        + "."
        + leftOut;
  }
}
