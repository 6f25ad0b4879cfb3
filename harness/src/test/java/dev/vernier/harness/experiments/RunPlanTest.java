package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlanTest {
  private static final List<String> TRUNK =
      List.of("channels", "multipliers", "residual-blocks", "z-channels");

  private static final Map<String, String> PUBLISHED_RATES =
      Map.of(
          "vqgan", "1.0E-4",
          "vq-lc", "5.0E-4",
          "lfq", "1.0E-4",
          "fqgan", "2.0E-4",
          "fqgan-dual", "2.0E-4",
          "fqgan-triple", "2.0E-4");

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
      Map<String, Set<String>> rates = rates(cells);
      if (scale.equals("paper") && !name.equals("tune")) {
        rates.forEach(
            (tokenizer, own) ->
                assertThat(own).as(tokenizer).containsExactly(PUBLISHED_RATES.get(tokenizer)));
      } else {
        assertThat(Set.copyOf(rates.values())).as("learning rates of %s", name).hasSize(1);
      }
    }
  }

  private static Map<String, Set<String>> rates(List<CellPlan> cells) {
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                CellPlan::tokenizer,
                Collectors.mapping(
                    cell -> cell.settings().get("learning-rate"), Collectors.toSet())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void builtInExperiments_fitTheirScale(String scale) throws IOException {
    boolean paper = scale.equals("paper");
    ImageSize size = ImageSize.square(paper ? 256 : 32);
    for (String name : Experiment.BUILT_IN) {
      // As the scale says: no array holds the feature maps of the scale's own 256 images, or the
      // logits of as many.
      Map<String, String> given = new TreeMap<>();
      if (paper) {
        given.put("batch-size", "32");
        if (Experiment.load(name).methods().stream().anyMatch(Experiment.Method::generates)) {
          given.put("generator-batch-size", "32");
        }
      }
      for (CellPlan cell : plan(name, scale, given).cells(Map.of())) {
        assertThatCode(() -> cell.check(plugins, size))
            .as("%s of %s", cell.method(), name)
            .doesNotThrowAnyException();
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
    assertThat(MeasureOptions.of(plan.values())).isEqualTo(new MeasureOptions(64, 10, 0));
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
  void twoMethodsOfOneName_areRefusedByLine() {
    assertThatThrownBy(
            () ->
                Experiment.load(
                    experiment(
                        "name: mine",
                        "methods:",
                        "  - {method: A, tokenizer: lfq, settings: {channels: 8}}",
                        "  - {method: 'A ', tokenizer: vqgan}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 4: two methods are called 'A '")
        .hasMessageContaining("the first in line 3");
  }

  @Test
  void methodsThatAreAlike_areRefusedByLine() throws IOException {
    String mine =
        experiment(
            "name: mine",
            "methods:",
            "  - {method: A, tokenizer: lfq,",
            "     grid: {codebook-size: [16, '016']}}");
    RunPlan plan = plan(mine, "quick", Map.of());
    assertThatThrownBy(() -> plan.cells(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "mine.yaml, line 4: method A has two cells with codebook-size=16: give each value");
  }

  /** Ids that runs of before have: a run is resumed only if its cells are still the same. */
  @Test
  void idsOfTokenizers_areThoseOfRunsBefore() throws IOException {
    assertThat(plan("fig3", "quick", Map.of("seeds", "1")).cells(Map.of("data", "a")))
        .extracting(CellPlan::id)
        .containsExactly("5fcf82e823c7");
  }

  private static final String[] GENERATORS = {
    "name: mine",
    "methods:",
    "  - {method: T, tokenizer: fqgan-dual, grid: {codebook-size: [64, 128]}}",
    "  - method: G",
    "    on: T",
    "    generator: far",
    "    settings: {width: 32}",
    "    sampling: {top-k: [quarter, half], guidance: 1.75}",
  };

  @Test
  void generator_standsOnEveryTokenizerOfItsMethod_andIsTrainedOnceForAllWaysToDraw()
      throws IOException {
    List<CellPlan> cells =
        plan(experiment(GENERATORS), "quick", Map.of("seeds", "2")).cells(Map.of());
    List<CellPlan> tokenizers = cells.stream().filter(each -> each.generation() == null).toList();
    List<CellPlan> generators =
        cells.stream()
            .filter(each -> each.generation() != null && each.generation().trains())
            .toList();
    List<CellPlan> samples =
        cells.stream()
            .filter(each -> each.generation() != null && !each.generation().trains())
            .toList();
    assertThat(tokenizers).hasSize(4);
    assertThat(generators).hasSize(4).extracting(CellPlan::method).containsOnly("G");
    assertThat(samples).hasSize(8);
    for (int i = 0; i < 4; i++) {
      assertThat(generators.get(i).inputs()).containsExactly(tokenizers.get(i).id());
      assertThat(generators.get(i).seed()).isEqualTo(tokenizers.get(i).seed());
      assertThat(generators.get(i).settings()).isEqualTo(tokenizers.get(i).settings());
      assertThat(generators.get(i).generation().settings())
          .containsEntry("width", "32")
          .containsEntry("learning-rate", "0.001");
      for (int k = 0; k < 2; k++) {
        CellPlan drawn = samples.get(2 * i + k);
        assertThat(drawn.inputs()).containsExactly(tokenizers.get(i).id(), generators.get(i).id());
        assertThat(drawn.method()).isEqualTo("G, top-k " + (k == 0 ? "quarter" : "half"));
        assertThat(drawn.generation().sampling())
            .containsEntry("guidance", "1.75")
            .containsEntry("samples", "1020");
      }
    }
  }

  @Test
  void tenCrops_areWhatPaperScaleMeans() throws IOException {
    for (String scale : List.of("quick", "standard", "paper")) {
      List<String> tenCrop =
          plan("fig5", scale, Map.of()).cells(Map.of()).stream()
              .flatMap(each -> Stream.ofNullable(each.generation()))
              .map(each -> each.training().get("generator-ten-crop"))
              .toList();
      assertThat(tenCrop).as(scale).isNotEmpty().containsOnly("" + scale.equals("paper"));
    }
  }

  @Test
  void samples_thatAreMeasured_areTwoAtLeast() throws IOException {
    RunPlan plan = plan(experiment(GENERATORS), "quick", Map.of("sampling.samples", "1"));
    assertThatThrownBy(() -> plan.cells(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "setting samples cannot be 1 where samples are measured: statistics need at least 2");
  }

  /** Of a codebook of 64 and one of 128 entries, whose cells are drawn from alike. */
  @ParameterizedTest
  @CsvSource({"64, ''", "65, 64", "128, 64", "129, 64"})
  void drawingFromMoreEntriesThanThereAre_isRefusedBeforeAnythingIsTrained(
      String topK, String refused) throws IOException {
    List<CellPlan> cells =
        plan(experiment(GENERATORS), "quick", Map.of("sampling.top-k", topK, "seeds", "1"))
            .cells(Map.of());
    List<String> problems = problems(cells, 32);
    if (refused.isEmpty()) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems)
          .hasSize(topK.equals("129") ? 2 : 1)
          .first()
          .asString()
          .startsWith("G")
          .contains("setting top-k cannot be " + topK + ": a sub-codebook has " + refused);
    }
  }

  /** What is wrong with cells, of images of so many pixels a side. */
  private List<String> problems(List<CellPlan> cells, int side) {
    return cells.stream()
        .flatMap(
            cell -> {
              try {
                cell.check(plugins, ImageSize.square(side));
                return Stream.empty();
              } catch (UsageException e) {
                return Stream.of(e.getMessage());
              }
            })
        .toList();
  }

  /** The same two codebooks, in grids of 64 x 64: the logits of 2,047 and 1,023 images fit. */
  @ParameterizedTest
  @CsvSource({"1023, 0", "1024, 1", "2048, 2"})
  void batchesTooLargeForAGenerator_areRefusedBeforeItsTokenizerIsTrained(
      String batchSize, int refused) throws IOException {
    List<CellPlan> cells =
        plan(
                experiment(GENERATORS),
                "quick",
                Map.of("generator-batch-size", batchSize, "seeds", "1"))
            .cells(Map.of());
    assertThat(problems(cells, 256))
        .hasSize(refused)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "G: far: the logits of " + batchSize + " images, 4096 positions of ")
                    .endsWith(" images fit, lower the batch size"));
  }

  @Test
  void identity_holdsTheTokenizer_theGenerator_andTheWayToDraw() throws IOException {
    String mine = experiment(GENERATORS);
    List<CellPlan> plain = plan(mine, "quick", Map.of()).cells(Map.of());
    Map<String, Integer> changed =
        Map.of(
            "steps", plain.size(),
            "generator-steps", plain.size() - 4,
            "generator-ten-crop", plain.size() - 4,
            "generator.dropout", plain.size() - 4,
            "sampling.temperature", plain.size() - 8);
    Map<String, String> values =
        Map.of("steps", "3", "generator-steps", "3", "generator-ten-crop", "true");
    changed.forEach(
        (key, others) -> {
          try {
            String value = values.getOrDefault(key, "0.5");
            List<CellPlan> cells = plan(mine, "quick", Map.of(key, value)).cells(Map.of());
            assertThat(cells).hasSameSizeAs(plain);
            assertThat(cells.stream().map(CellPlan::id))
                .as(key)
                .filteredOn(id -> plain.stream().noneMatch(each -> each.id().equals(id)))
                .hasSize(others);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(plan(mine, "quick", Map.of("sampling.top-k", "5,all")).cells(Map.of()))
        .extracting(CellPlan::method)
        .contains("G, top-k 5", "G, top-k all")
        .doesNotContain("G, top-k half");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generator.widht | 8 | there is no setting 'generator.widht'; did you mean 'generator.width'",
        "sampling.top-k | some | setting top-k cannot be 'some': it takes a number from 1, all, half",
        "sampling.guidance | -1 | setting guidance cannot be '-1'",
        "generator.width | 0 | setting width cannot be '0'",
      })
  void wrongSettingOfAGenerator_isRefused(String key, String value, String message)
      throws IOException {
    String mine = experiment(GENERATORS);
    assertThatThrownBy(() -> plan(mine, "quick", Map.of(key, value)).cells(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void generator_takesNoSettingOfTheTokenizersByTheirName() throws IOException {
    RunPlan plan =
        plan(experiment(GENERATORS), "quick", Map.of("learning-rate", "0.5", "seeds", "1"));
    CellPlan drawn = plan.cells(Map.of()).get(5);
    assertThat(drawn.settings()).containsEntry("learning-rate", "0.5");
    assertThat(drawn.generation().settings()).containsEntry("learning-rate", "0.001");
    assertThatThrownBy(() -> plan("fig3", "quick", Map.of("generator.width", "8")))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void unknownScale_isRefusedWithTheNames() throws IOException {
    assertThatThrownBy(() -> plan("fig3", "huge", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("huge")
        .hasMessageContaining("paper, quick, standard");
  }

  private Map<String, String> atPaperScale(String method) throws IOException {
    return plan("fig1", "paper", Map.of("seeds", "1")).cells(Map.of()).stream()
        .filter(cell -> cell.method().equals(method))
        .findFirst()
        .orElseThrow()
        .settings();
  }

  @ParameterizedTest
  @CsvSource({"quick,12", "standard,18", "paper,18"})
  void rate_hasEveryFamilyAtTheSameBits(String scale, double bits) throws IOException {
    List<CellPlan> cells =
        plan("rate", scale, Map.of("seeds", "1")).cells(Map.of()).stream()
            .filter(cell -> !cell.tokenizer().equals("lbg"))
            .toList();
    assertThat(cells)
        .extracting(CellPlan::tokenizer)
        .containsExactly("vqgan", "vq-lc", "lfq", "fqgan-dual", "fqgan-triple");
    for (CellPlan cell : cells) {
      int books = Map.of("fqgan-dual", 2, "fqgan-triple", 3).getOrDefault(cell.tokenizer(), 1);
      int size = Integer.parseInt(cell.settings().get("codebook-size"));
      assertThat(books * Math.log(size) / Math.log(2)).isCloseTo(bits, withinPercentage(0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void rate_hasAFloorOfTheSizeOfFactorizedCodes_andNoneLargerThanOneCodebook(String scale)
      throws IOException {
    Map<String, List<CellPlan>> cells =
        plan("rate", scale, Map.of("seeds", "1")).cells(Map.of()).stream()
            .collect(Collectors.groupingBy(CellPlan::tokenizer));
    long one = total(cells.get("vqgan").get(0));
    assertThat(cells.get("lbg").stream().map(RunPlanTest::total).toList())
        .contains(total(cells.get("fqgan-dual").get(0)), total(cells.get("fqgan-triple").get(0)))
        .allMatch(floor -> floor <= one);
    int halvings = cells.get("vqgan").get(0).settings().get("multipliers").split(",").length - 1;
    assertThat(cells.get("lbg"))
        .extracting(cell -> cell.settings().get("patch"))
        .containsOnly(String.valueOf(1 << halvings));
  }

  @Test
  void tableThree_hasControlsOfFactorizationAndOfAdapters() throws IOException {
    List<CellPlan> cells = plan("table3", "standard", Map.of("seeds", "1")).cells(Map.of());
    assertThat(cells)
        .anySatisfy(
            cell -> {
              assertThat(cell.tokenizer()).isEqualTo("fqgan");
              assertThat(cell.settings()).containsEntry("sub-codebooks", "1");
              assertThat(cell.settings()).containsEntry("codebook-size", "1024");
              assertThat(cell.settings()).doesNotContainEntry("adapter-layers", "0");
            })
        .anySatisfy(
            cell -> {
              assertThat(cell.tokenizer()).isEqualTo("fqgan-dual");
              assertThat(cell.settings()).containsEntry("adapter-layers", "0");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void tableFour_headsDifferInTheHeadAlone(String scale) throws IOException {
    assertHeads("table4", scale, 1, "far-linear", "far-mlp", "far");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard", "paper"})
  void tableTwo_generatorsDifferInHeadAndTokenizerAlone(String scale) throws IOException {
    assertHeads("table2", scale, 3, "far-linear", "far", "far");
  }

  /**
   * The generators of each seed, on so many tokenizers, which differ in nothing but their heads.
   */
  private void assertHeads(String experiment, String scale, int tokenizers, String... generators)
      throws IOException {
    assertThat(generation(experiment, scale))
        .isNotEmpty()
        .allSatisfy(
            (seed, own) -> {
              assertThat(own)
                  .filteredOn(GenerationPlan::trains)
                  .extracting(GenerationPlan::generator)
                  .containsExactly(generators);
              assertThat(own.stream().map(GenerationPlan::tokenizerCell).distinct())
                  .hasSize(tokenizers);
              assertAlikeButForTheHead(own);
            });
  }

  /** What is trained and what is drawn from it, by seed. */
  private Map<Long, List<GenerationPlan>> generation(String experiment, String scale)
      throws IOException {
    return plan(experiment, scale, Map.of()).cells(Map.of()).stream()
        .filter(cell -> cell.generation() != null)
        .collect(
            Collectors.groupingBy(
                CellPlan::seed, Collectors.mapping(CellPlan::generation, Collectors.toList())));
  }

  private static void assertAlikeButForTheHead(List<GenerationPlan> generation) {
    assertThat(generation.stream().map(GenerationPlan::training).distinct()).hasSize(1);
    assertThat(generation.stream().map(RunPlanTest::settingsButForTheHead).distinct()).hasSize(1);
    Map<String, Set<Map<String, String>>> drawn =
        generation.stream()
            .filter(each -> !each.trains())
            .collect(
                Collectors.groupingBy(
                    GenerationPlan::generatorCell,
                    Collectors.mapping(GenerationPlan::sampling, Collectors.toSet())));
    assertThat(drawn).hasSize(3);
    assertThat(Set.copyOf(drawn.values())).hasSize(1);
  }

  private static Map<String, String> settingsButForTheHead(GenerationPlan generation) {
    Map<String, String> settings = new TreeMap<>(generation.settings());
    settings.remove("head-layers");
    return settings;
  }

  @Test
  void paperScale_hasEachPapersHyperparameters() throws IOException {
    Map<String, String> llamaGen =
        Map.of(
            "reconstruction-loss", "l2",
            "beta1", "0.9",
            "beta2", "0.95",
            "gradient-clip", "1.0",
            "adversarial-loss", "hinge",
            "adversarial-weight", "0.5",
            "adversarial-start", "20000",
            "initialization", "uniform");
    assertThat(atPaperScale("VQGAN")).containsAllEntriesOf(llamaGen);
    assertThat(atPaperScale("VQGAN")).containsEntry("entropy-ratio", "0.0");
    for (String method : List.of("FQGAN-Dual", "FQGAN-Triple")) {
      assertThat(atPaperScale(method))
          .containsAllEntriesOf(llamaGen)
          .containsEntry("entropy-ratio", "0.03")
          .containsEntry("disentanglement-ratio", "0.1")
          .containsEntry("representation-weight", "0.5");
    }
    assertThat(atPaperScale("VQ-LC"))
        .containsAllEntriesOf(
            Map.of(
                "reconstruction-loss", "l1",
                "beta1", "0.5",
                "beta2", "0.9",
                "commitment-weight", "0.1",
                "projection-weight", "0.033",
                "adversarial-weight", "0.1",
                "adversarial-adaptive", "true",
                "projection-initialization", "normal"));
    assertThat(atPaperScale("LFQ"))
        .containsAllEntriesOf(
            Map.of(
                "reconstruction-loss", "l1",
                "beta1", "0.5",
                "beta2", "0.9",
                "adversarial-loss", "hinge-non-saturating",
                "adversarial-weight", "0.1",
                "lecam-weight", "0.05",
                "temperature", "0.01",
                "entropy-weight", "0.1",
                "commitment-weight", "0.25"));
  }

  @Test
  void seeds_beginWhereTheyAreSaidTo() throws IOException {
    assertThat(plan("fig1", "quick", Map.of("seeds", "3")).seeds()).containsExactly(1L, 2L, 3L);
    assertThat(plan("tune", "standard", Map.of()).seeds()).containsExactly(101L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "standard"})
  void search_givesEveryFamilyTheSame_andUsesNothingThatIsReported(String scale)
      throws IOException {
    RunPlan plan = plan("tune", scale, Map.of());
    List<CellPlan> cells = plan.cells(Map.of());
    assertThat(plan.seeds()).allSatisfy(seed -> assertThat(seed).isGreaterThan(100));
    assertThat(plan.options().get(RunOptions.HOLD_OUT)).isPositive();
    assertThat(cells.stream().collect(Collectors.groupingBy(CellPlan::method)))
        .hasSize(5)
        .allSatisfy((method, own) -> assertThat(own).hasSize(9));
    assertThat(cells.stream().map(CellPlan::training).distinct()).hasSize(1);
  }

  /** Who changes a setting that was searched for has to search again. */
  @Test
  void standard_isWhatTheSearchChose() throws IOException {
    JsonNode choice =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("../.github/results/tune-standard/choice.yaml").toFile());
    Map<String, List<CellPlan>> cells =
        plan("fig1", "standard", Map.of()).cells(Map.of()).stream()
            .collect(Collectors.groupingBy(CellPlan::method));
    assertThat(choice.get("methods").size()).isEqualTo(5);
    for (Map.Entry<String, JsonNode> method : choice.get("methods").properties()) {
      Map<String, Double> chosen = new TreeMap<>();
      for (JsonNode part : List.of(choice.get("shared"), method.getValue())) {
        part.properties().forEach(each -> chosen.put(each.getKey(), each.getValue().asDouble()));
      }
      assertThat(chosen).as(method.getKey()).hasSize(2);
      assertThat(cells.get(method.getKey()))
          .isNotEmpty()
          .allSatisfy(
              cell ->
                  chosen.forEach(
                      (setting, value) ->
                          assertThat(Double.parseDouble(cell.settings().get(setting)))
                              .as("%s of %s", setting, method.getKey())
                              .isEqualTo(value)));
    }
  }

  @Test
  void unequalSearch_isRefused() {
    assertThatThrownBy(
            () ->
                Experiment.load(
                    experiment(
                        "name: mine",
                        "tuning: {metric: rfid, shared: [learning-rate]}",
                        "methods:",
                        "  - {method: A, tokenizer: vqgan, grid: {learning-rate: '1,2'}}",
                        "  - {method: B, tokenizer: lfq, grid: {learning-rate: '1,2,3'}}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("A has 2 candidates, B has 3 candidates: give every grid as many");
  }

  @Test
  void anError_isLocatedByTheSettingThatItCarries_notByItsWords() throws IOException {
    RunPlan plan =
        plan(
            experiment(
                "name: mine",
                "options:",
                "  features.weights: a",
                "  lpips.weights: a",
                "  teacher.semantic: b.onnx",
                "  teacher.semantic.side: many",
                "methods:",
                "  - method: A",
                "    tokenizer: vqgan"),
            "quick",
            Map.of("perceptual.weights", "a"));
    List<Setting<?>> none = List.of();
    assertThat(wrong(plan, () -> Scope.LPIPS.read(none, Map.of("weights", "a"))))
        .contains("mine.yaml, line 4: there is no setting 'weights'");
    assertThat(wrong(plan, () -> Scope.FEATURES.read(none, Map.of("weights", "a"))))
        .contains("mine.yaml, line 3: there is no setting 'weights'");
    assertThat(wrong(plan, () -> Scope.PERCEPTUAL.read(none, Map.of("weights", "a"))))
        .startsWith("there is no setting 'weights'");
    assertThat(wrong(plan, () -> TeacherChoice.of(plan.values(), plugins)))
        .contains("mine.yaml, line 6: setting side cannot be 'many'");
  }

  private static String wrong(RunPlan plan, ThrowingCallable reading) {
    return plan.located(catchThrowableOfType(UsageException.class, reading)).getMessage();
  }
}
