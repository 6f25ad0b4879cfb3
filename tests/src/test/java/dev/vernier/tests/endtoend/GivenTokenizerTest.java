package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer of one run as a method of another. */
class GivenTokenizerTest {
  private static final String EXPERIMENT =
      """
      name: mine
      title: A given tokenizer beside a trained one
      methods:
        - {method: Given, weights: ../first/cells/%s/state/tokenizer}
        - {method: Trained, tokenizer: vqgan}
        - {method: FAR, on: Given, generator: far, sampling: {samples: 20}}
      findings:
        - name: F
          claim: Ours is better.
          checks: [{metric: rfid, method: Trained, lower-than: Given}]
      """;

  @TempDir Path folder;
  private Path weights;

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private List<String> command(String... begin) {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(
        Program.set("features=onnx", "features.file=" + path("scorer.onnx"), "bootstrap=10"));
    arguments.addAll(Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8"));
    arguments.addAll(Program.set("perceptual-weight=0", "trunk-steps=0", "batch-size=4"));
    return arguments;
  }

  private Run run(String out, List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--out", path(out)));
    Outcome outcome = new Program(folder).runHere(all);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  /** Trains the tokenizer that is given afterwards. */
  private Cell train(String data) throws Exception {
    List<String> train = command("train", "--tokenizer", "vqgan", "--data", data);
    train.addAll(Program.set("steps=3"));
    Cell trained = run("first", train).cells().get(0);
    weights = folder.resolve("first/cells/" + trained.id() + "/state/tokenizer");
    Files.createDirectories(folder.resolve("experiments"));
    Files.writeString(folder.resolve("experiments/mine.yaml"), EXPERIMENT.formatted(trained.id()));
    return trained;
  }

  private List<String> mine(String data) {
    List<String> mine =
        command("run", path("experiments/mine.yaml"), "--data", data, "--seeds", "2");
    mine.addAll(Program.set("steps=2", "generator-steps=4", "generator-batch-size=4"));
    mine.addAll(Program.set("generator.width=16", "generator.layers=1", "generator.heads=2"));
    return mine;
  }

  private void assertRefused(String message, List<String> arguments) throws Exception {
    Outcome outcome = new Program(folder).runHere(arguments);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.complaints()).singleElement().asString().contains(message);
  }

  @Test
  void givenTokenizer_hasTheNumbersOfTheRunThatTrainedIt_andBearsGenerators() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 16, 20);
    Cell trained = train(data);
    assertOtherImagesAreRefused();

    List<String> mine = mine(data);
    mine.addAll(List.of("--workers", "0"));
    Run run = run("mine", mine);
    assertThat(run.cells())
        .extracting(Cell::method)
        .containsExactly(
            "Given", "Trained", "Trained", "FAR", "FAR", "FAR, samples", "FAR, samples");
    Cell given = run.cells().get(0);
    assertThat(given.metrics()).isNotEmpty().isEqualTo(trained.metrics());
    assertThat(given.codebooks()).isEqualTo(trained.codebooks());
    assertThat(given.spec()).isEqualTo(trained.spec());
    assertThat(given.settings()).isEqualTo(trained.settings());
    assertThat(given.given().path()).isEqualTo(weights.toString());
    assertThat(given.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("not trained here")
                    .endsWith(
                        "their run says that they were trained as "
                            + trained.method()
                            + ", seed "
                            + trained.seed()
                            + ", on the training images of "
                            + data));
    assertThat(given.phases()).extracting(each -> each.name()).doesNotContain("train");
    for (Cell generator : run.cells().subList(3, 7)) {
      assertThat(generator.generation().inputs()).containsEntry("tokenizer", given.given().hash());
    }
    assertThat(run.cells().get(3).metrics()).isNotEqualTo(run.cells().get(4).metrics());
    assertThat(Files.readString(folder.resolve("mine/report/findings.csv")))
        .contains("t-test over one side's seeds and the images");

    assertWorkersGiveTheSame(run, data);
    assertSampled(run.cells().get(3));
    assertOtherWeightsAreRefused(mine, run.cells().get(3));
  }

  private void assertWorkersGiveTheSame(Run run, String data) throws Exception {
    List<String> mine = mine(data);
    mine.addAll(List.of("--workers", "2", "--out", "workers"));
    Outcome outcome = new Program(folder).run(mine);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run other = ResultFiles.read(folder.resolve("workers"));
    for (int i = 0; i < run.cells().size(); i++) {
      assertThat(other.cells().get(i).id()).isEqualTo(run.cells().get(i).id());
      assertThat(other.cells().get(i).metrics()).isEqualTo(run.cells().get(i).metrics());
      assertThat(other.cells().get(i).generation()).isEqualTo(run.cells().get(i).generation());
    }
  }

  private List<String> sample(Cell generator, String out) {
    List<String> sample =
        new ArrayList<>(List.of("sample", "--cell", path("mine/cells/" + generator.id())));
    sample.addAll(List.of("--out", path(out)));
    sample.addAll(Program.set("samples=2"));
    return sample;
  }

  private void assertSampled(Cell generator) throws Exception {
    Outcome outcome = new Program(folder).runHere(sample(generator, "drawn"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(folder.resolve("drawn")).isDirectoryContaining("glob:**.npz");
  }

  private void assertOtherWeightsAreRefused(List<String> mine, Cell generator) throws Exception {
    Files.writeString(weights.resolve("tokenizer.json"), "\n", StandardOpenOption.APPEND);
    List<String> resumed = new ArrayList<>(mine);
    resumed.addAll(List.of("--out", path("mine"), "--resume"));
    assertRefused("tokenizer.json is damaged", resumed);
    // Others that are whole in themselves.
    Files.delete(weights.resolve("SHA256SUMS"));
    assertRefused("other weights", resumed);
    assertRefused("have changed since the run began", sample(generator, "none"));
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private void assertOtherImagesAreRefused() throws Exception {
    List<String> other = mine("synthetic");
    other.addAll(List.of("--workers", "0", "--out", path("other")));
    other.addAll(
        Program.set("data.image-size=16", "data.training-images=64", "data.validation-images=64"));
    assertRefused("Given: the tokenizer was made for images of 32", other);
    assertThat(folder.resolve("other")).doesNotExist();
  }
}
