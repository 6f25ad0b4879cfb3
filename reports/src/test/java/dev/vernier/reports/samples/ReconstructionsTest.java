package dev.vernier.reports.samples;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.samples.SamplePictures.SIDE;
import static dev.vernier.reports.samples.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.Rows;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructionsTest {
  private static final int ORIGINALS = 1;
  private static final int MARGIN = 8;

  @TempDir Path folder;
  private Path report;

  @BeforeEach
  void makeFolder() throws IOException {
    report = Files.createDirectories(folder.resolve("report"));
  }

  private Optional<ImageGrid> write(Run run) throws IOException {
    return Reconstructions.write(List.of(run), Rows.of(List.of(run)), report);
  }

  private BufferedImage drawn() throws IOException {
    return ImageIO.read(report.resolve("reconstructions.png").toFile());
  }

  /** The images of a row, counted from 0 at the top. */
  private static BufferedImage images(BufferedImage drawn, int row, int columns) {
    int width = columns * (SIDE + 2) - 2;
    return drawn.getSubimage(
        drawn.getWidth() - MARGIN - width, MARGIN + row * (SIDE + MARGIN), width, SIDE);
  }

  /** One row of a sample picture. */
  private static BufferedImage row(int seed, int columns) {
    return picture(columns, seed);
  }

  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  private static void assertRows(BufferedImage drawn, int columns, int... seeds) {
    assertThat(drawn.getHeight()).isEqualTo(MARGIN + seeds.length * (SIDE + MARGIN));
    for (int i = 0; i < seeds.length; i++) {
      assertThat(pixels(images(drawn, i, columns)))
          .as("row %d", i)
          .isEqualTo(pixels(row(seeds[i], columns)));
    }
  }

  @Test
  void rows_areTheCellsPixels_ofTheLargestSizeAndLowestSeed() throws IOException {
    Cell[] cells = {
      cell("A", 1, 50, 64),
      cell("A", 2, 30.25, 256),
      cell("A", 1, 20.5, 256),
      cell("B", 1, 10, 512),
      cell("B", 1, 15, 128)
    };
    Run run = run(folder, cells);
    for (int i = 0; i < cells.length; i++) {
      SamplePictures.write(run, cells[i], picture(8, ORIGINALS, 10 + i));
    }
    ImageGrid grid = write(run).orElseThrow();
    assertRows(drawn(), 8, ORIGINALS, 12, 13);
    assertThat(grid.rows())
        .extracting(ImageGrid.Row::label)
        .containsExactly(
            List.of("A", "256 codes", "PSNR 27.95 dB", "rFID (dataset features) 20.50"),
            List.of("B", "512 codes", "PSNR 29.00 dB", "rFID (dataset features) 10.00"));
    assertThat(grid.caption())
        .contains("Cells A256s1 (seed 1), B512s1 (seed 1).")
        .doesNotContain("Left out");
  }

  @Test
  void imagesOneByOne_haveEveryPixelAsItWas() throws IOException {
    Run run = run(folder, cell("A", 1, 50, 64));
    SamplePictures.write(run, run.cells().get(0), picture(3, ORIGINALS, 10));
    ImageGrid grid = write(run).orElseThrow();
    assertThat(grid.originals()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertPixels(grid.originals().get(i), ORIGINALS, i);
      assertPixels(grid.rows().get(0).images().get(i), 10, i);
    }
  }

  /** The image is a column of a row of noise, which was enlarged. */
  private static void assertPixels(ImageGrid.Picture image, int seed, int column)
      throws IOException {
    assertThat(image.type()).isEqualTo("image/png");
    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(image.base64())));
    assertThat(read.getWidth()).isEqualTo(32);
    BufferedImage row = row(seed, 3);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(read.getRGB(x, y)).isEqualTo(row.getRGB(column * (SIDE + 2) + 3 * x, 3 * y));
      }
    }
  }

  @Test
  void subCodebooks_areNotShownAlone() throws IOException {
    Cell[] cells = {
      cell("A", 1, 50, 64), cell("Dual", 1, 40, 32, 32), cell("Triple", 1, 40, 32, 32, 32)
    };
    Run run = run(folder, cells);
    SamplePictures.write(run, cells[0], picture(4, ORIGINALS, 10));
    SamplePictures.write(run, cells[1], picture(4, ORIGINALS, 11, 90, 91));
    // A tokenizer of several sub-codebooks need not be able to decode them alone.
    SamplePictures.write(run, cells[2], picture(4, ORIGINALS, 12));
    write(run);
    assertRows(drawn(), 4, ORIGINALS, 10, 11, 12);
  }

  @Test
  void moreThanTwelveImages_areCutOff() throws IOException {
    Run run = run(folder, cell("A", 1, 50, 64));
    SamplePictures.write(run, run.cells().get(0), picture(16, ORIGINALS, 10));
    write(run);
    assertRows(drawn(), 12, ORIGINALS, 10);
  }

  @Test
  void cellsOfOtherOriginals_areLeftOutAndNamed() throws IOException {
    Cell[] cells = {
      cell("Other", 1, 50, 64),
      cell("A", 1, 50, 64),
      cell("B", 1, 50, 64),
      cell("Fewer", 1, 50, 64),
      cell("None", 1, 50, 64),
      cell("Damaged", 1, 50, 64)
    };
    Run run = run(folder, cells);
    SamplePictures.write(run, cells[0], picture(8, 2, 10));
    SamplePictures.write(run, cells[1], picture(8, ORIGINALS, 11));
    SamplePictures.write(run, cells[2], picture(8, ORIGINALS, 12));
    SamplePictures.write(run, cells[3], picture(7, ORIGINALS, 13));
    ResultFiles.writeWhole(
        ResultFiles.cellFolder(folder, cells[5].id()).resolve("samples.png"), new byte[] {1, 2});
    ImageGrid grid = write(run).orElseThrow();
    assertRows(drawn(), 8, ORIGINALS, 11, 12);
    assertThat(grid.caption())
        .endsWith(
            "Left out, since no picture of the same originals was found: Other, Fewer, None,"
                + " Damaged.");
    assertThat(grid.rows()).extracting(row -> row.label().get(0)).containsExactly("A", "B");
  }

  @Test
  void pictureOfAnotherShape_isNotCut() throws IOException {
    Run run = run(folder, cell("A", 1, 50, 64));
    BufferedImage odd = new BufferedImage(300, 201, BufferedImage.TYPE_INT_RGB);
    SamplePictures.write(run, run.cells().get(0), odd);
    assertThat(write(run)).isEmpty();
    SamplePictures.write(
        run, run.cells().get(0), new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    assertThat(write(run)).isEmpty();
    assertThat(report).isEmptyDirectory();
  }

  @Test
  void labels_standLeftOfTheImagesBesideTheirRows() throws IOException {
    String longest = "A method with a name that is far longer than any other";
    Cell[] cells = {cell("A", 1, 50, 64), cell(longest, 1, 40, 64)};
    Run run = run(folder, cells);
    for (Cell cell : cells) {
      SamplePictures.write(run, cell, picture(4, ORIGINALS, 10));
    }
    write(run);
    BufferedImage drawn = drawn();
    int left = drawn.getWidth() - MARGIN - (4 * (SIDE + 2) - 2);
    assertThat(columnsWithInk(drawn, left - MARGIN, left)).isZero();
    assertThat(columnsWithInk(drawn, 0, MARGIN)).isZero();
    for (int row = 0; row < 3; row++) {
      BufferedImage label =
          drawn.getSubimage(0, MARGIN + row * (SIDE + MARGIN), left - MARGIN, SIDE);
      assertThat(columnsWithInk(label, 0, label.getWidth())).as("row %d", row).isGreaterThan(20);
    }
    // The longest line is as long as the column is wide.
    assertThat(columnsWithInk(drawn, left - MARGIN - 8, left - MARGIN)).isPositive();
    assertThat(IntStream.of(pixels(drawn.getSubimage(0, 0, left, drawn.getHeight()))))
        .as("shades of grey, where text is antialiased")
        .anyMatch(pixel -> (pixel & 0xff) > 0x20 && (pixel & 0xff) < 0xe0);
  }

  private static long columnsWithInk(BufferedImage picture, int from, int to) {
    return IntStream.range(from, to)
        .filter(
            x ->
                IntStream.range(0, picture.getHeight())
                    .anyMatch(y -> (picture.getRGB(x, y) & 0xffffff) != 0xffffff))
        .count();
  }
}
