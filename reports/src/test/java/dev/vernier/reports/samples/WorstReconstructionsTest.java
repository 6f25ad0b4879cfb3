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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstReconstructionsTest {
  private static final int MARGIN = 8;

  @TempDir Path folder;

  private void keep(Cell cell, BufferedImage picture, String scores) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    Path of = ResultFiles.cellFolder(folder, cell.id());
    ResultFiles.writeWhole(of.resolve("worst.png"), png.toByteArray());
    ResultFiles.writeWhole(of.resolve("images.csv"), scores.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<SamplePicture> write(Run run) throws IOException {
    return WorstReconstructions.write(
        List.of(run), Rows.of(List.of(run)), folder.resolve("report"));
  }

  @Test
  void setsTheWorstOfEachMethod_withTheirScoresBelowEachOther() throws IOException {
    Cell small = cell("A", 1, 20, 256);
    Cell large = cell("A", 1, 18, 512);
    Cell pair = cell("B", 1, 17, 128, 128);
    BufferedImage kept = picture(2, 5, 6);
    keep(small, picture(2, 1, 2), "image,psnr\n1,9\n");
    keep(large, kept, "image,psnr,ssim\na,21.04,1\nb,12.25,1\nc,14.5,1\nd,30,1\n");
    keep(pair, picture(2, 7, 8), "image,psnr\na,10\nb,11\n");
    SamplePicture shown = write(run(folder, small, large, pair)).orElseThrow();
    assertThat(shown.description())
        .contains("A 512 codes 12.3 dB to 14.5 dB; B 256 codes 10.0 dB to 11.0 dB.");
    assertThat(shown.caption())
        .contains("lowest PSNR of all measured")
        .contains("Cells A512s1 (seed 1), B256s1 (seed 1).");
    BufferedImage drawn = ImageIO.read(folder.resolve("report/worst.png").toFile());
    int width = 2 * (SIDE + 2) - 2;
    int height = 2 * SIDE + 2;
    assertThat(drawn.getHeight()).isEqualTo(2 * height + 3 * MARGIN);
    BufferedImage first =
        drawn.getSubimage(drawn.getWidth() - MARGIN - width, MARGIN, width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(first.getRGB(x, y)).isEqualTo(kept.getRGB(x, y));
      }
    }
  }

  @Test
  void isEmpty_whereNoCellKeptThem() throws IOException {
    assertThat(write(run(folder, cell("A", 1, 20, 256)))).isEmpty();
    assertThat(folder.resolve("report")).doesNotExist();
  }
}
