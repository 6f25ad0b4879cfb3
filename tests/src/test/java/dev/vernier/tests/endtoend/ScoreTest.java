package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.records.ResultFiles;
import dev.vernier.tests.onnx.PatchNet;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A comparison of two folders, whose net is trained on the first one's classes; and of exported
 * images with themselves.
 */
class ScoreTest {
  private static final int SIZE = 16;
  private static final int EACH = 8;

  @TempDir Path folder;

  private void picture(String name, int seed, int noise) throws Exception {
    picture(name, SIZE, seed, noise);
  }

  private void picture(String name, int side, int seed, int noise) throws Exception {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    int base = random.nextInt(100);
    for (int i = 0; i < side * side; i++) {
      int along = (seed < EACH ? i % side : i / side) * SIZE / side;
      int grey = base + 8 * along + (noise == 0 ? 0 : random.nextInt(noise));
      image.setRGB(i % side, i / side, grey * 0x010101);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void realImagesInClassFolders_trainTheNetThatScores() throws Exception {
    for (int i = 0; i < 2 * EACH; i++) {
      picture("real/" + (i < EACH ? "across/" : "down/") + i + ".png", i, 0);
      picture("other/" + i + ".png", i, 8);
    }
    picture("real/across/0.png", 2 * SIZE, 0, 0);
    Files.writeString(folder.resolve("other/metrics.json"), "{}");
    Files.writeString(folder.resolve("other/Thumbs.db"), "no image");
    Path real = folder.resolve("real");
    Path other = folder.resolve("other");
    Program program = new Program(folder);
    Outcome outcome =
        program.runHere(
            "score",
            "./real",
            "./other",
            "--set",
            "bootstrap=0",
            "--set",
            "protocols=all",
            "--out",
            "./scored",
            "--save-stats",
            "./real.npz");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("PSNR +\\d+\\.\\d+ .* 16 ")
        .contains(
            "note: images are paired by their file names, since they lie in different folders",
            "note: 1 file of text in " + other + " was passed over: metrics.json",
            "note: 1 of 16 images in "
                + real
                + " were resized and cropped to 16 x 16, the size of the others",
            "note: features are those of a small classifier trained on folder:" + real,
            "in 2 classes")
        .containsPattern("SSIM \\(LlamaGen: twice the range\\) +0\\.\\d+ .* 16 ")
        .contains(
            "note: rFID (LlamaGen), rFID (SEED-Voken: floats), rFID (VQGAN-LC: uncropped), rFID"
                + " (TiTok) not measured",
            "SSIM (VQGAN-LC) not measured: papers compute them from a decoder's floats");
    Outcome alone =
        program.runHere(
            "score",
            "./real.npz",
            "./other",
            "--data",
            "folder:./real",
            "--set",
            "data.image-size=16",
            "--set",
            "bootstrap=0");
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.out())
        .containsPattern("gFID .* 16 ")
        .contains("note: " + real + ".npz holds statistics, no images")
        .doesNotContain("PSNR");
    assertThat(program.runHere("score", "./real.npz", "./other").err())
        .contains("real.npz holds statistics of features, not images: give the features");

    List<String> data = List.of("--data", "folder:./real", "--set", "data.image-size=" + SIZE);
    Outcome exported = program.runHere(with(data, "export", "./measured"));
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(exported.out())
        .startsWith("4 images of 16 x 16 pixels of folder:" + real + ", dataset ")
        .contains(
            "note: these are all 4 validation images, which are measured; 12 others are for training");
    List<String> twice =
        with(data, "score", "./measured", "./measured", "--json", "--out", "./twice");
    Outcome same = program.runHere(twice);
    assertThat(same.code()).as(same.err()).isZero();
    Map<?, ?> metrics = new ObjectMapper().readValue(same.out(), Map.class);
    assertThat(metrics.get("ssim")).extracting("value", "samples").containsExactly(1.0, 4);

    // As a disk without room leaves it: the same command goes on, and a run that is done stays.
    String cell = ResultFiles.read(folder.resolve("twice")).record().cells().get(0);
    Files.delete(ResultFiles.cellFile(folder.resolve("twice"), cell));
    assertThat(program.runHere(twice).out()).isEqualTo(same.out());
    assertThat(program.runHere(twice).complaints())
        .containsExactly(
            ("vernier: %1$s holds a run already: choose another --out; 'vernier report %1$s' writes"
                    + " its report again")
                .formatted(folder.resolve("twice")));
  }

  @Test
  void filesThatCannotBeRead_areSaidWhereverTheirFolderIsUsed() throws Exception {
    for (int i = 0; i < 200; i++) {
      picture("many/" + i + ".png", i, 8);
    }
    Path damaged = folder.resolve("many/7.png");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 60));
    String said = "1 file of folder:" + folder.resolve("many") + " skipped: ";
    Program program = new Program(folder);
    List<String> data = List.of("--data", "folder:./many", "--set", "data.image-size=" + SIZE);
    Outcome exported = program.runHere(with(data, "export", "./measured"));
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(exported.err()).contains(said).contains("7.png");
    List<String> train = with(data, "train", "--tokenizer", "lbg", "--out", "./run");
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, SIZE, SIZE);
    train.addAll(Program.set("features=onnx", "features.file=./scorer.onnx", "bootstrap=0"));
    train.addAll(Program.set("codebook-size=4", "iterations=1", "images=20"));
    Outcome trained = program.runHere(train);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains(said);
  }

  private static List<String> with(List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(options);
    return all;
  }
}
