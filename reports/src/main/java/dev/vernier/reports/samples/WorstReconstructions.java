package dev.vernier.reports.samples;

import dev.vernier.records.Cell;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.significance.ScoredImages;
import dev.vernier.reports.text.NumberText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

/**
 * One picture of the images that each method rebuilt worst, at its largest size and lowest seed, by
 * the PSNR of each image: originals, and below them what became of them.
 */
public final class WorstReconstructions {
  private static final String FILE = "worst.png";

  private WorstReconstructions() {}

  private record Worst(Row row, Cell cell, SampleRows images, List<Double> psnr) {
    List<String> text() {
      return List.of(
          row.label(),
          "%,d codes".formatted(row.size()),
          psnr.isEmpty() ? "" : decibel(psnr.get(0)),
          psnr.isEmpty() ? "" : "to " + decibel(psnr.get(psnr.size() - 1)));
    }

    private static String decibel(double value) {
      return NumberText.of(value, 1) + " dB";
    }
  }

  /**
   * Writes {@code worst.png} into a folder.
   *
   * @return the picture; empty where no cell kept such images
   */
  public static Optional<SamplePicture> write(List<Run> runs, List<Row> rows, Path folder)
      throws IOException {
    CellFolders folders = new CellFolders(runs);
    List<Worst> all = new ArrayList<>();
    for (Row row : Rows.largest(rows)) {
      Cell cell = row.lowestSeed();
      Path of = folders.of(row, cell);
      Optional<SampleRows> images = SampleRows.readPairs(of.resolve(FILE), cell.spec());
      if (images.isPresent()) {
        List<Double> psnr = lowest(of.resolve("images.csv"), images.get().count());
        all.add(new Worst(row, cell, images.get(), psnr));
      }
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    ResultFiles.writeWhole(folder.resolve(FILE), png(all));
    return Optional.of(new SamplePicture(FILE, description(all), caption(all), true));
  }

  private static List<Double> lowest(Path scores, int count) throws IOException {
    if (!Files.exists(scores)) {
      return List.of();
    }
    double[] psnr = ScoredImages.read(scores).scores().get(MetricKind.PSNR.key());
    return psnr == null ? List.of() : DoubleStream.of(psnr).sorted().limit(count).boxed().toList();
  }

  private static byte[] png(List<Worst> all) throws IOException {
    List<LabelledRows.Row> rows = new ArrayList<>();
    for (Worst each : all) {
      rows.add(new LabelledRows.Row(each.text(), pairs(each.images())));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(LabelledRows.draw(rows, 2), "png", bytes);
    return bytes.toByteArray();
  }

  private static BufferedImage pairs(SampleRows images) {
    BufferedImage above = images.originals();
    BufferedImage below = images.reconstructions();
    int height = above.getHeight() + SampleRows.GAP + below.getHeight();
    BufferedImage picture = new BufferedImage(above.getWidth(), height, BufferedImage.TYPE_INT_RGB);
    Graphics2D target = picture.createGraphics();
    target.setColor(Color.WHITE);
    target.fillRect(0, 0, picture.getWidth(), height);
    target.drawImage(above, 0, 0, null);
    target.drawImage(below, 0, above.getHeight() + SampleRows.GAP, null);
    target.dispose();
    return picture;
  }

  private static String description(List<Worst> all) {
    return all.stream()
        .map(each -> String.join(" ", each.text()).strip())
        .collect(
            Collectors.joining(
                "; ",
                "Pairs of rows of images, originals above reconstructions, a pair a method: ",
                "."));
  }

  private static String caption(List<Worst> all) {
    String cells =
        all.stream()
            .map(each -> each.cell().id() + " (" + each.cell().seedWords() + ")")
            .collect(Collectors.joining(", "));
    return "The images that each method rebuilt worst: those of the lowest PSNR of all measured, the"
        + " lowest first, originals above reconstructions, at its largest size. Cells "
        + cells
        + ".";
  }
}
