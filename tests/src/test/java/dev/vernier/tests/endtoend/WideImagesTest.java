package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.ImageSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are wider than high, from a folder to the report. */
class WideImagesTest {
  private static final ImageSize SIZE = new ImageSize(24, 40);
  private static final String WIDE = "data.image-size=24x40";
  private static final String EXPERIMENT =
      """
      name: wide
      title: Wide images
      methods:
        - {method: FQ, tokenizer: fqgan-dual}
        - {method: LBG, tokenizer: lbg}
        - {method: far, on: FQ, generator: far, sampling: {samples: 12}}
      """;

  @TempDir private static Path folder;
  private static Program vernier;
  private static Run run;
  private static Map<String, Cell> cells;

  @BeforeAll
  static void train() throws Exception {
    vernier = new Program(folder);
    SmallData.pictures(folder.resolve("pictures"), 24, 12);
    Files.writeString(folder.resolve("wide.yaml"), EXPERIMENT);
    List<String> inWorkers = command("run", WIDE);
    inWorkers.set(inWorkers.indexOf("--workers") + 1, "2");
    Outcome outcome = vernier.run(inWorkers);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    run = ResultFiles.read(folder.resolve("run"));
    cells = run.cells().stream().collect(Collectors.toMap(Cell::method, each -> each));
  }

  private static List<String> command(String out, String... settings) {
    List<String> command = new ArrayList<>(List.of("run", "./wide.yaml", "--out", "./" + out));
    command.addAll(List.of("--data", "folder:./pictures", "--workers", "0"));
    command.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    command.addAll(Program.set("steps=2", "seeds=1", "trunk-steps=0", "bootstrap=4"));
    command.addAll(Program.set("generator.width=16", "generator.layers=1", "generator.heads=2"));
    command.addAll(
        Program.set("generator-steps=10", "generator-batch-size=4", "generator-ten-crop=true"));
    command.addAll(Program.set(settings));
    return command;
  }

  private static BufferedImage picture(String path) throws IOException {
    return ImageIO.read(folder.resolve(path).toFile());
  }

  private static String cell(String method) {
    return "run/cells/" + cells.get(method).id();
  }

  /** How many images stand beside each other, and above each other, at twice their size. */
  private static void assertGrid(BufferedImage picture, int across, int down) {
    assertThat(picture.getWidth()).isEqualTo(across * (2 * SIZE.width() + 2) - 2);
    assertThat(picture.getHeight()).isEqualTo(down * (2 * SIZE.height() + 2) - 2);
  }

  @Test
  void records_haveBothSides() throws Exception {
    assertThat(run.record().dataset().imageSize()).isEqualTo(SIZE);
    assertThat(run.record().dataset().validation()).isEqualTo(12);
    for (String method : List.of("FQ", "LBG")) {
      assertThat(cells.get(method).spec().imageSize()).isEqualTo(SIZE);
      assertThat(cells.get(method).spec().gridHeight()).as(method).isEqualTo(6);
      assertThat(cells.get(method).spec().gridWidth()).as(method).isEqualTo(10);
    }
    assertThat(cells.get("far, samples").metrics()).containsKeys("gfid");
    List<String> csv = Files.readAllLines(folder.resolve("run/results.csv"));
    int column = List.of(csv.get(0).split(",", -1)).indexOf("image_size");
    assertThat(csv.get(1).split(",", -1)[column]).isEqualTo("24x40");
  }

  @Test
  void pictures_haveTheImagesProportions() throws Exception {
    // Originals, reconstructions, and each of two sub-codebooks alone.
    BufferedImage factorized = picture(cell("FQ") + "/samples.png");
    assertGrid(factorized, (factorized.getWidth() + 2) / 82, 4);
    assertGrid(picture(cell("LBG") + "/worst.png"), 12, 2);
    BufferedImage drawn = picture(cell("far, samples") + "/samples.png");
    assertThat((drawn.getWidth() + 2) % 82).isZero();
    assertThat((drawn.getHeight() + 2) % 50).isZero();
    assertThat(folder.resolve("run/report/reconstructions.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("run/report/index.html"))).contains("24 x 40");
  }

  @Test
  void trainedCells_areMeasuredAndDrawFromAtTheirSize() throws Exception {
    Outcome again =
        vernier.runHere(
            "eval",
            "--weights",
            "./" + cell("FQ") + "/state/tokenizer",
            "--data",
            "folder:./pictures",
            "--out",
            "./again",
            "--set",
            "bootstrap=0");
    assertThat(again.code()).as(again.err()).isZero();
    Run measured = ResultFiles.read(folder.resolve("again"));
    assertThat(measured.cells().get(0).metrics().get("psnr").value())
        .isEqualTo(cells.get("FQ").metrics().get("psnr").value());
    Outcome samples =
        vernier.runHere(
            "sample",
            "--cell",
            "./" + cell("far, samples"),
            "--out",
            "./drawn",
            "--set",
            "samples=3");
    assertThat(samples.code()).as(samples.err()).isZero();
    assertThat(NumpyArray.readAll(folder.resolve("drawn/samples.npz")).get("arr_0").shape())
        .containsExactly(3, SIZE.height(), SIZE.width(), 3);
  }

  @Test
  void exportedImages_areScored() throws Exception {
    List<String> data = List.of("--data", "folder:./pictures", "--set", WIDE);
    List<String> export = new ArrayList<>(List.of("export", "./measured.npz"));
    export.addAll(data);
    Outcome exported = vernier.runHere(export);
    assertThat(exported.code()).as(exported.err()).isZero();
    List<String> score = new ArrayList<>(List.of("score", "./pictures/val", "./measured.npz"));
    score.addAll(data);
    score.addAll(List.of("--out", "./scored", "--set", "bootstrap=0"));
    Outcome outcome = vernier.runHere(score);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run scored = ResultFiles.read(folder.resolve("scored"));
    assertThat(scored.record().dataset().imageSize()).isEqualTo(SIZE);
    assertThat(scored.cells().get(0).metrics().get("ssim").value()).isEqualTo(1);
    score.addAll(Program.set("protocols=titok"));
    score.set(score.indexOf("./scored"), "./refused");
    assertRefused("papers measure squares, not images of 24 x 40", score, "refused");
  }

  @Test
  void whatCannotBe_isRefusedBeforeAnyWork() throws Exception {
    assertRefused("images of 24 x 42 pixels", command("none", "data.image-size=24x42"), "none");
    assertRefused(
        "setting image-size cannot be '24x4': it takes 8 to 1024, or HEIGHTxWIDTH of such",
        command("none", "data.image-size=24x4"),
        "none");
    assertRefused(
        "papers measure squares, not images of 24 x 40: leave protocols out",
        command("none", WIDE, "protocols=llamagen"),
        "none");
  }

  private static void assertRefused(String message, List<String> command, String out)
      throws Exception {
    Outcome outcome = vernier.runHere(command);
    assertThat(outcome.complaints()).singleElement().asString().contains(message);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(folder.resolve(out)).doesNotExist();
  }
}
