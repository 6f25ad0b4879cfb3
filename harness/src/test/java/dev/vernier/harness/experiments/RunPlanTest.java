package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlanTest {
  private static final List<String> TRUNK =
      List.of("channels", "multipliers", "residual-blocks", "z-channels", "learning-rate");

  @TempDir Path folder;
  private Plugins plugins;

  @BeforeEach
  void discover() throws IOException {
    plugins = Plugins.discover(folder);
  }

  private RunPlan plan(String experiment, String scale, Map<String, String> given)
      throws IOException {
    return new RunPlan(Experiment.load(experiment), scale, given, plugins);
  }

  private String experiment(String... lines) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.write(file, List.of(lines));
    return file.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void builtInExperiments_giveEveryNetworkTheSameTrunk(String scale) throws IOException {
    for (String name : Experiment.BUILT_IN) {
      List<CellPlan> cells =
          plan(name, scale, Map.of()).cells(Map.of()).stream()
              .filter(cell -> !cell.tokenizer().equals("lbg"))
              .toList();
      for (String setting : TRUNK) {
        assertThat(cells.stream().map(cell -> cell.settings().get(setting)).distinct())
            .as("%s of %s", setting, name)
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void figureOne_letsTheFamiliesMeetAtEveryTotalOfDual(String scale) throws IOException {
    Map<String, List<Long>> totals =
        plan("fig1", scale, Map.of("seeds", "1")).cells(Map.of()).stream()
            .collect(
                Collectors.groupingBy(
                    CellPlan::tokenizer,
                    Collectors.mapping(RunPlanTest::total, Collectors.toList())));
    for (long total : totals.get("fqgan-dual")) {
      for (String family : List.of("vqgan", "vq-lc", "lfq", "fqgan-triple")) {
        assertThat(totals.get(family))
            .as("%s at %d", family, total)
            .anySatisfy(
                other -> assertThat((double) other).isCloseTo((double) total, withinPercentage(1)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void floor_isThereAtEverySizeOfVqgan_withCodeGridsAsLarge(String scale) throws IOException {
    for (String name : List.of("fig1", "table3")) {
      Map<String, List<CellPlan>> cells =
          plan(name, scale, Map.of()).cells(Map.of()).stream()
              .collect(Collectors.groupingBy(CellPlan::tokenizer));
      assertThat(cells.get("lbg").stream().map(RunPlanTest::total).toList())
          .isEqualTo(cells.get("vqgan").stream().map(RunPlanTest::total).toList());
      int halvings = cells.get("vqgan").get(0).settings().get("multipliers").split(",").length - 1;
      assertThat(cells.get("lbg"))
          .allSatisfy(
              cell ->
                  assertThat(cell.settings())
                      .containsEntry("patch", String.valueOf(1 << halvings)));
    }
  }

  private static long total(CellPlan cell) {
    long size = Long.parseLong(cell.settings().get("codebook-size"));
    return switch (cell.tokenizer()) {
      case "fqgan-dual" -> 2 * size;
      case "fqgan-triple" -> 3 * size;
      default -> size;
    };
  }

  @Test
  void scale_meansTheSameForAnExperimentThatDoesNotSpeakOfIt() throws IOException {
    String mine = experiment("name: mine", "methods:", "  - {method: A, tokenizer: lfq}");
    RunPlan plan = plan(mine, "quick", Map.of());
    assertThat(plan.values())
        .containsEntry("channels", "16")
        .containsEntry("steps", "192")
        .containsEntry("bootstrap", "200");
    assertThat(plan.origins())
        .containsEntry("channels", "scale")
        .containsEntry("bootstrap", "default");
    // A setting of the scale that this method does not have is passed over.
    assertThat(plan(mine, "paper", Map.of()).values()).doesNotContainKey("initialization");
  }

  @Test
  void layers_goFromScaleToExperimentToCommandLine() throws IOException {
    String mine =
        experiment(
            "name: mine",
            "options: {groups: 2, channels: 16}",
            "scales: {quick: {steps: 7}}",
            "methods:",
            "  - {method: A, tokenizer: vqgan, settings: {z-channels: 24}}");
    RunPlan plan = plan(mine, "quick", Map.of("channels", "12"));
    CellPlan cell = plan.cells(Map.of()).get(0);
    assertThat(cell.training()).containsEntry("steps", "7");
    assertThat(cell.settings())
        .containsEntry("groups", "2")
        .containsEntry("channels", "12")
        .containsEntry("z-channels", "24");
    assertThat(plan.origins())
        .containsEntry("groups", "experiment")
        .containsEntry("channels", "command line");
  }

  @Test
  void numbersWrittenOtherwise_makeTheSameCells() throws IOException {
    Map<String, String> plain =
        Map.of("steps", "400", "batch-size", "8", "images", "64", "bootstrap", "10");
    Map<String, String> otherwise =
        Map.of("steps", " 400", "batch-size", "08", "images", "64 ", "bootstrap", "+10");
    RunPlan plan = plan("fig1", "quick", otherwise);
    assertThat(plan.cells(Map.of())).isEqualTo(plan("fig1", "quick", plain).cells(Map.of()));
    assertThat(plan.values()).containsAllEntriesOf(plain);
    assertThat(MeasureOptions.of(plan.values())).isEqualTo(new MeasureOptions(64, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"512,512", "512,128, 0512"})
  void gridWithAValueTwice_isRefused(String sizes) throws IOException {
    RunPlan plan = plan("fig1", "quick", Map.of("codebook-size", sizes));
    assertThatThrownBy(() -> plan.cells(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "method VQGAN has two cells with codebook-size=512: give each value of a grid once,"
                + " and each method a name of its own");
  }

  @Test
  void twoMethodsOfOneName_areRefusedWhereTheirSettingsAreEqual() throws IOException {
    String mine =
        experiment(
            "name: mine",
            "methods:",
            "  - {method: A, tokenizer: lfq, settings: {channels: 8}}",
            "  - {method: A, tokenizer: lfq, settings: {channels: 16}}");
    assertThat(plan(mine, "quick", Map.of("seeds", "1")).cells(Map.of())).hasSize(2);
    RunPlan same = plan(mine, "quick", Map.of("channels", "12"));
    assertThatThrownBy(() -> same.cells(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("method A has two cells with channels=12:");
  }

  @Test
  void unknownScale_isRefusedWithTheNames() throws IOException {
    assertThatThrownBy(() -> plan("fig3", "huge", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("huge")
        .hasMessageContaining("paper, quick, standard");
  }
}
