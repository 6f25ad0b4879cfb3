package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans with tokenizers that are given; nothing is loaded, so any files will do. */
class GivenMethodTest {
  private static final String[] BESIDE_A_TRAINED_ONE = {
    "name: mine",
    "methods:",
    "  - {method: Given, weights: saved, settings: {code-dimension: 16}}",
    "  - {method: Trained, tokenizer: vqgan}",
    "  - {method: FAR, on: Given, generator: far, sampling: {top-k: [quarter, half]}}"
  };

  @TempDir Path folder;
  private Plugins plugins;
  private Path saved;

  @BeforeEach
  void save() throws IOException {
    plugins = Plugins.discover(folder.resolve("none"));
    saved = Files.createDirectories(folder.resolve("saved"));
    Files.writeString(saved.resolve("weights.safetensors"), "weights");
    Files.writeString(
        saved.resolve("tokenizer.json"),
        "{\"tokenizer\": \"vqgan\", \"settings\": {\"codebook-size\": \"77\"}}");
  }

  private RunPlan plan(Map<String, String> given, String... lines) throws IOException {
    Path file = Files.write(folder.resolve("mine.yaml"), List.of(lines));
    return new RunPlan(Experiment.load(file.toString()), "quick", given, plugins);
  }

  private List<CellPlan> cells(Map<String, String> given, String... lines) throws IOException {
    return plan(given, lines).cells(Map.of());
  }

  private void assertRefused(String message, Map<String, String> given, String... lines) {
    assertThatThrownBy(() -> plan(given, lines))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void givenTokenizer_isOneCell_andGeneratorsStandOnItWithEverySeed() throws IOException {
    List<CellPlan> cells = cells(Map.of("seeds", "3"), BESIDE_A_TRAINED_ONE);
    assertThat(cells)
        .extracting(CellPlan::method)
        .startsWith("Given", "Trained", "Trained", "Trained", "FAR", "FAR", "FAR")
        .hasSize(4 + 3 + 3 * 2);
    CellPlan given = cells.get(0);
    assertThat(given.untrained()).isTrue();
    for (int i = 0; i < 3; i++) {
      CellPlan generator = cells.get(4 + i);
      assertThat(generator.seed()).isEqualTo(i + 1);
      assertThat(generator.inputs()).containsExactly(given.id());
      assertThat(generator.given()).isEqualTo(given.given());
      assertThat(generator.untrained()).isFalse();
      for (int k = 0; k < 2; k++) {
        CellPlan drawn = cells.get(7 + 2 * i + k);
        assertThat(drawn.seed()).isEqualTo(i + 1);
        assertThat(drawn.inputs()).containsExactly(given.id(), generator.id());
      }
    }
  }

  @Test
  void settings_areThoseOfTheWeightsAndTheMethod_andTrainingIsNone() throws IOException {
    List<CellPlan> cells =
        cells(Map.of("codebook-size", "8", "steps", "5", "seeds", "1"), BESIDE_A_TRAINED_ONE);
    assertThat(cells.get(0).tokenizer()).isEqualTo("vqgan");
    assertThat(cells.get(0).settings())
        .containsEntry("codebook-size", "77")
        .containsEntry("code-dimension", "16")
        .containsKey("channels");
    assertThat(cells.get(0).training()).containsOnlyKeys("images", "bootstrap");
    assertThat(cells.get(1).settings()).containsEntry("codebook-size", "8");
  }

  @Test
  void nothing_isAskedOfWhoWouldTrainIt() throws IOException {
    CellPlan given =
        cells(
                Map.of(),
                "name: mine",
                "methods: [{method: A, weights: saved, settings: {multipliers: '1,2,2,2,2,2,2'}}]")
            .get(0);
    given.check(plugins, ImageSize.square(32));
    assertThat(given.trunk(plugins)).isEmpty();
    assertThat(given.perceptual(plugins)).isFalse();
    assertThat(given.teacherRequirements(plugins)).isEqualTo(TeacherRequirements.NONE);
  }

  @Test
  void identity_isTheContent_andNotItsPlace() throws IOException {
    List<CellPlan> before = cells(Map.of("seeds", "1"), BESIDE_A_TRAINED_ONE);
    Files.move(saved, folder.resolve("moved"));
    String[] elsewhere = BESIDE_A_TRAINED_ONE.clone();
    elsewhere[2] = elsewhere[2].replace("saved", "moved");
    List<CellPlan> moved = cells(Map.of("seeds", "1"), elsewhere);
    assertThat(moved).extracting(CellPlan::id).isEqualTo(ids(before));
    assertThat(moved.get(0).given().path()).isEqualTo(folder.resolve("moved").toString());

    Files.move(folder.resolve("moved"), saved);
    Files.writeString(saved.resolve("weights.safetensors"), "other weights");
    List<String> other = ids(cells(Map.of("seeds", "1"), BESIDE_A_TRAINED_ONE));
    for (int i = 0; i < before.size(); i++) {
      boolean trained = before.get(i).given() == null;
      assertThat(other.get(i).equals(before.get(i).id())).as("cell %d", i).isEqualTo(trained);
    }
  }

  private static List<String> ids(List<CellPlan> cells) {
    return cells.stream().map(CellPlan::id).toList();
  }

  @Test
  void weightsThatChangeUnderARun_areRefusedWithBothHashes() throws IOException {
    CellPlan given = cells(Map.of(), BESIDE_A_TRAINED_ONE).get(0);
    assertThat(given.givenPath()).isEqualTo(saved);
    assertThat(given.given().hash()).isEqualTo(FolderHash.of(saved));
    Files.writeString(saved.resolve("weights.safetensors"), "other weights");
    assertThatThrownBy(given::givenPath)
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(
            saved.toString(), given.given().hash(), FolderHash.of(saved), "changed since");
    Files.move(saved, folder.resolve("moved"));
    assertThatThrownBy(given::givenPath)
        .isInstanceOf(UsageException.class)
        .hasMessage("the weights " + saved + " are gone: restore them");
  }

  @Test
  void wrongWeights_areRefusedUnderTheNameOfTheMethod() throws IOException {
    String methods = "methods: [{method: A, %s}]";
    assertRefused(
        "A: there are no weights " + folder.resolve("nowhere") + ": check 'weights'",
        Map.of(),
        "name: x",
        methods.formatted("weights: nowhere"));
    assertRefused(
        "A: " + saved + " belongs to vqgan, not to lfq: leave 'tokenizer' out",
        Map.of(),
        "name: x",
        methods.formatted("weights: saved, tokenizer: lfq"));
    assertRefused(
        "use 'weights: " + saved + "'",
        Map.of(),
        "name: x",
        methods.formatted("weights: saved/weights.safetensors"));
    Files.writeString(folder.resolve("notes.txt"), "no weights");
    assertRefused(
        "name one with 'tokenizer', and its settings with 'settings'",
        Map.of(),
        "name: x",
        methods.formatted("weights: notes.txt"));
    assertRefused(
        "A: there is no setting 'steps'",
        Map.of(),
        "name: x",
        methods.formatted("weights: saved, settings: {steps: 4}"));
  }

  @Test
  void sizesThatNoCodebookHas_areRefusedAtTheirLine() {
    for (String size : List.of("0", "-3", "3000000000", "many", "6.5")) {
      for (String given :
          List.of("onnx: {encoder: e, decoder: d}", "reconstructions: r, codes: c")) {
        assertRefused(
            "line 2: 'codebooks' cannot hold '" + size + "': a size is a whole number from 1 to",
            Map.of(),
            "name: x",
            "methods: [{method: A, %s, codebooks: [64, %s]}]".formatted(given, size));
      }
    }
  }

  @Test
  void settingOfTheCommandLine_isForWhatIsTrained() {
    String[] alone = {"name: x", "methods: [{method: A, weights: saved}]"};
    assertRefused(
        "nothing that is trained has the setting codebook-size: for the given tokenizer write it"
            + " into the 'settings' of A",
        Map.of("codebook-size", "8"),
        alone);
    assertRefused("did you mean 'codebook-size'", Map.of("codebok-size", "8"), alone);
  }
}
