package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
  private static final String BEGIN =
      """
      name: x
      methods:
        - method: A
          tokenizer: vqgan
      """;

  @TempDir Path folder;

  private Experiment load(byte[] yaml) throws IOException {
    return Experiment.load(Files.write(folder.resolve("mine.yaml"), yaml).toString());
  }

  private Experiment load(String yaml) throws IOException {
    return load(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments wrong(String message, String... lines) {
    return Arguments.of(message, String.join("\n", lines) + "\n");
  }

  private static Arguments wrongMethod(String message, String... lines) {
    return Arguments.of(message, BEGIN + "    " + String.join("\n    ", lines) + "\n");
  }

  static Stream<Arguments> wrongFiles() {
    return Stream.of(
        wrongMethod("line 5: 'settings' has no value", "settings:"),
        wrongMethod("line 6: 'channels' has no value", "settings:", "  channels:", "grid: {}"),
        wrongMethod("line 6: 'codebook-size' has no value", "grid:", "  codebook-size: ~"),
        wrongMethod("line 6: 'quick' has no value", "scales:", "  quick:"),
        wrongMethod("line 5: the grid of 'codebook-size' has an", "grid: {codebook-size: ','}"),
        wrongMethod("line 5: the grid of 'codebook-size' has an", "grid: {codebook-size: '8,,9'}"),
        wrongMethod("line 5: the grid of 'codebook-size' has an", "grid: {codebook-size: ''}"),
        wrongMethod("line 5: the grid of 'codebook-size' has an", "grid: {codebook-size: []}"),
        wrongMethod(
            "line 6: the grid of 'codebook-size' has an",
            "scales:",
            "  quick: {grid: {codebook-size: '8,'}}"),
        wrongMethod(
            "line 5: item 2 of 'codebook-size' takes one", "grid: {codebook-size: [8, []]}"),
        wrongMethod("line 5: 'codebook-size' takes one value", "grid: {codebook-size: {a: b}}"),
        wrongMethod("line 5: 'channels' takes one value", "settings: {channels: [1, 2]}"),
        wrongMethod("line 5: 'settings' takes keys with values", "settings: channels"),
        wrongMethod(
            "line 6: there is no scale 'quik'; did you mean 'quick'", "scales:", "  quik: {}"),
        wrongMethod("line 5: there is no key 'gird'; did you mean 'grid'", "gird: {}"),
        wrongMethod("line 5: 'method' is there twice, first in line 3", "method: B"),
        wrong("line 2: 'steps' has no value", "options:", "  steps:", "name: x"),
        wrong("line 3: 'quick' has no value", "name: x", "scales:", "  quick:"),
        wrong("line 2: 'name' is there twice, first in line 1", "name: x", "name: y"),
        wrong(
            "line 2: there is no key 'titel'; did you mean 'title'", "name: x", "titel: y", "# z"),
        wrong("line 2: 'methods' takes a list", "name: x", "methods: {method: A}"),
        wrong("line 2: 'methods' takes a list", "name: x", "methods: vqgan"),
        wrong("line 2: 'methods' takes a list", "name: x", "methods: ''"),
        wrong("line 3: item 1 of 'methods' has no value", "name: x", "methods:", "  -"),
        wrong("line 3: item 1 of 'methods' takes keys", "name: x", "methods:", "  - vqgan"),
        wrong("line 3: item 1 of 'methods' takes keys", "name: x", "methods:", "  - ''"),
        wrong("line 1: 'name' takes one value", "name: [x]"),
        wrong(
            "line 2: an experiment needs a name and at least one method", "name: x", "methods: []"),
        wrong("line 2: every method needs 'method' and", "name: x", "methods: [{method: A}]"),
        wrong(
            "line 2: every method needs 'method' and either",
            "name: x",
            "methods: [{method: A, generator: far}]"),
        wrong(
            "line 3: every method needs 'method' and either",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan, generator: far, on: A}"),
        wrong(
            "line 4: 'on': there is no tokenizer above it 'B'; did you mean 'A'?",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan}",
            "  - {method: C, generator: far, on: B}"),
        wrong(
            "line 4: there is no option 'topk'; did you mean 'top-k'",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan}",
            "  - {method: C, generator: far, on: A, sampling: {topk: 3}}"),
        wrong(
            "line 3: 'sampling' needs a 'generator'",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan, sampling: {top-k: 3}}"),
        wrong(
            "line 3: every method needs 'method' and either",
            "name: x",
            "methods:",
            "  - {method: A, weights: w, generator: far, on: A}"),
        wrong(
            "line 2: a method with 'weights' has neither 'on'",
            "name: x",
            "methods: [{method: A, weights: w, on: B}]"),
        wrong(
            "line 2: 'weights' is blank: name a folder",
            "name: x",
            "methods: [{method: A, weights: ' '}]"),
        wrong(
            "line 4: given 'weights' are trained already, and one cell: leave 'grid' out",
            "name: x",
            "methods:",
            "  - {method: A, weights: w,",
            "     tokenizer: vqgan, grid: {codebook-size: 8}}"),
        wrong(
            "line 2: given 'weights' are the same at every scale: leave 'scales' out",
            "name: x",
            "methods: [{method: A, weights: w, scales: {quick: {}}}]"),
        wrong(
            "line 2: 'sampling' needs a 'generator'",
            "name: x",
            "methods: [{method: A, weights: w, sampling: {top-k: 3}}]"),
        wrong(
            "line 2: 'weights' takes one value", "name: x", "methods: [{method: A, weights: [w]}]"),
        wrong(
            "line 2: 'weights' and 'onnx' are two methods: give each a name of its own",
            "name: x",
            "methods: [{method: A, weights: w, onnx: {encoder: e, decoder: d}}]"),
        wrong(
            "line 2: 'onnx' needs 'encoder' and 'decoder', a file each",
            "name: x",
            "methods: [{method: A, onnx: {encoder: e}, codebooks: [8]}]"),
        wrong(
            "line 2: there is no key 'decodr'; did you mean 'decoder'",
            "name: x",
            "methods: [{method: A, onnx: {encoder: e, decodr: d}}]"),
        wrong(
            "line 2: 'onnx' needs 'codebooks', the sizes of the sub-codebooks",
            "name: x",
            "methods: [{method: A, onnx: {encoder: e, decoder: d}}]"),
        wrong(
            "line 3: 'codes' belongs to 'reconstructions': leave it out",
            "name: x",
            "methods: [{method: A, tokenizer: vqgan,",
            "  codes: c.npy}]"),
        wrong(
            "line 2: 'codebooks' belongs to 'onnx' or 'reconstructions': leave it out",
            "name: x",
            "methods: [{method: A, weights: w, codebooks: [8]}]"),
        wrong(
            "line 2: 'codes' need 'codebooks'",
            "name: x",
            "methods: [{method: A, reconstructions: r, codes: c.npy}]"),
        wrong(
            "line 2: 'codebooks' without 'codes' need 'downsampling'",
            "name: x",
            "methods: [{method: A, reconstructions: r, codebooks: [8]}]"),
        wrong(
            "line 2: 'downsampling' belongs to 'codebooks'",
            "name: x",
            "methods: [{method: A, reconstructions: r, downsampling: 8}]"),
        wrong(
            "line 2: 'settings' are those of a plugin, and 'reconstructions' has none",
            "name: x",
            "methods: [{method: A, reconstructions: r, settings: {codebook-size: 8}}]"),
        wrong(
            "line 4: 'on': there is no tokenizer above it 'A'",
            "name: x",
            "methods:",
            "  - {method: A, reconstructions: r}",
            "  - {method: C, generator: far, on: A}"),
        wrong("line 2: 'method' is blank", "name: x", "methods: [{method: ' ', tokenizer: vqgan}]"),
        wrong(
            "line 3: 'method' cannot be 'a?b': write one line",
            "name: x",
            "methods:",
            "  - {method: \"a\\nb\", tokenizer: vqgan}"),
        wrong(
            "line 5: 'floor': there is no method 'LGB'; did you mean 'LBG'? Available: A, LBG",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan}",
            "  - {method: LBG, tokenizer: vqgan}",
            "floor: LGB"),
        wrong(
            "line 3: 'method' cannot be 'FAR, samples', which is what samples of FAR are called",
            "name: x",
            "methods:",
            "  - {method: 'FAR, samples', tokenizer: vqgan}",
            "  - {method: FAR, on: 'FAR, samples', generator: far, sampling: {samples: 8}}"),
        wrong("line 2: 'floor' takes one value", "name: x", "floor: [A]"),
        wrong("mine.yaml is not an experiment: it needs keys", ""),
        wrong("mine.yaml is not an experiment: it needs keys", "# nothing"),
        wrong("mine.yaml is not an experiment: it needs keys", "- a", "- b"),
        wrong("mine.yaml is not an experiment: it needs keys", "text"),
        wrong("mine.yaml is not an experiment: line 3 is not YAML", "name: x", "methods:", "\t- a"),
        wrong("mine.yaml is not an experiment: line 2 is not YAML", "name: [x", "methods: }"),
        wrong("mine.yaml is not an experiment: line 2 is not YAML", "name: x", "title: \0"),
        wrong(
            "line 4: two methods are called 'A', the first in line 3: give each a name of its own",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan}",
            "  - {method: A, tokenizer: lfq}"),
        wrong(
            "line 4: 'sampling' is empty, so that nothing would be drawn",
            "name: x",
            "methods:",
            "  - {method: A, tokenizer: vqgan}",
            "  - {method: C, generator: far, on: A, sampling: {}}"),
        wrongMethod(
            "line 5: '32' has no value, since within {} a comma ends one: write 'codebook-size:"
                + " [16, 32, 64]' if these are its values",
            "grid: {codebook-size: 16,32,64}"),
        wrongMethod("line 6: 'a' refers to what it is a part of", "settings: &s", "  a: *s"),
        wrongMethod("line 5: '<<' takes an alias of keys with values", "<<: [a]"),
        wrongMethod("line 6: '<<' is there twice, first in line 5", "<<: {}", "<<: {}"),
        wrongMethod("line 5: a key is one word", "? [a]", ": b"),
        wrongMethod("line 5: 'settings' has the tag !mine", "settings: !mine {}"),
        wrong("line 3: a second document begins", "name: x", "---", "name: y"));
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void wrongFile_isRefusedInOneLineThatSaysWhere(String message, String yaml) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(message)
        .extracting(each -> each.getMessage().lines().count())
        .isEqualTo(1L);
  }

  @Test
  void fileOfAnotherEncoding_isRefusedByName() {
    assertThatThrownBy(() -> load("name: \u00e9t\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml is not UTF-8 text, see line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../esc", "a/b", "a\\\\b", "..", "", " ", "a\\nb", "a\\0b"})
  void nameThatCannotBeginAFolder_isRefused(String name) {
    assertThatThrownBy(() -> load(BEGIN.replace("name: x", "name: \"" + name + "\"")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 1: 'name' cannot be");
  }

  @Test
  void nameOfOrdinarySigns_isAccepted() throws IOException {
    assertThat(load(BEGIN.replace("name: x", "name: \"esc \u00e9 (x\"")).name())
        .isEqualTo("esc \u00e9 (x");
  }

  @Test
  void scaleNearACommonOne_isRefused() {
    assertThatThrownBy(() -> load(BEGIN + "scales: {quik: {steps: 3}}\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 5: scale 'quik' looks like a slip of 'quick'");
  }

  @Test
  void scaleOfTheExperimentsOwn_isKnownToItsMethods() throws IOException {
    Experiment mine =
        load(
            BEGIN
                + """
                    scales:
                      overnight: {settings: {channels: 24}}
                scales:
                  overnight: {steps: 9000}
                """);
    assertThat(mine.options("overnight")).containsEntry("steps", "9000");
    assertThat(mine.methods().get(0).scales()).containsOnlyKeys("overnight");
  }

  @Test
  void weights_lieWhereTheFileSays_fromItsFolderOn() throws IOException {
    Experiment mine =
        load(
            """
            name: x
            methods:
              - {method: A, weights: ../there/file.pt}
              - {method: B, weights: /elsewhere/folder}
              - {method: C, tokenizer: vqgan}
            """);
    assertThat(mine.methods())
        .extracting(each -> each.source().weights())
        .containsExactly(
            folder.resolveSibling("there/file.pt").toString(), "/elsewhere/folder", null);
  }

  @Test
  void floor_isOneOfTheMethods() throws IOException {
    assertThat(load(BEGIN + "floor: A\n").floor()).isEqualTo("A");
    assertThat(load(BEGIN).floor()).isNull();
  }

  @Test
  void numbers_stayAsWritten() throws IOException {
    Experiment mine =
        load(BEGIN + "    settings: {learning-rate: 1e-5}\n    grid: {warm-up: [007, 1e2]}\n");
    assertThat(mine.methods().get(0).settings()).containsEntry("learning-rate", "1e-5");
    assertThat(mine.methods().get(0).grid()).containsEntry("warm-up", List.of("007", "1e2"));
  }

  @Test
  void aliasesAndMergeKeys_standForWhatTheyNameInItsPlace() throws IOException {
    Experiment mine =
        load(
            """
            x-shared: {settings: &small {channels: 8, groups: 4}}
            sizes: &sizes [16, 32]
            name: x
            options: &options {steps: 5}
            scales: {quick: *options}
            methods:
              - &base
                method: A
                tokenizer: vqgan
                settings: *small
                grid: {codebook-size: *sizes}
              - <<: *base
                method: B
                settings: {<<: *small, groups: 2}
              - <<: [{tokenizer: lfq}, *base]
                method: C
            """);
    assertThat(mine.options("quick")).containsEntry("steps", "5");
    Map<String, List<String>> grid = Map.of("codebook-size", List.of("16", "32"));
    assertThat(mine.methods())
        .extracting(Experiment.Method::name, Experiment.Method::tokenizer)
        .containsExactly(tuple("A", "vqgan"), tuple("B", "vqgan"), tuple("C", "lfq"));
    assertThat(mine.methods()).extracting(Experiment.Method::grid).containsOnly(grid);
    assertThat(mine.methods().get(1).settings()).isEqualTo(Map.of("channels", "8", "groups", "2"));
  }

  @Test
  void aliasesOfAliases_areRefusedBeforeTheyFillTheMemory() {
    StringBuilder bomb = new StringBuilder("name: x\noptions:\n  a0: &a0 [b, b, b, b, b, b, b]\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("  a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertThatThrownBy(() -> load(bomb.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line ")
        .hasMessageContaining("aliases make more than");
  }

  /** What each text for one setting of a grid is answered with, and what to write is part of it. */
  static Stream<Arguments> wrongValues() {
    return Stream.of(
        Arguments.of("grid: {codebook-size: [16.0]}", "(default 1024): write 16"),
        Arguments.of("grid: {codebook-size: [1e2]}", ": write 100"),
        Arguments.of("grid: {codebook-size: [1_024]}", ": write 1024"),
        Arguments.of("grid: {codebook-size: [0x10]}", ": write 16"),
        Arguments.of("grid: {codebook-size: [16.5]}", "cannot be '16.5'"),
        Arguments.of("grid: {codebook-size: [1e999999999]}", "cannot be '1e999999999'"),
        Arguments.of("grid: {codebook-size: 16;32}", "several values are a list: [16, 32]"),
        Arguments.of("settings: {codebook-size: '16,32'}", "several values are a grid: [16, 32]"),
        Arguments.of("settings: {lr: 0.1}", "there is no setting 'lr'"),
        Arguments.of("scales: {quick: {settings: {channels: x}}}", "setting channels cannot be"),
        Arguments.of("scales: {paper: {grid: {channels: [x]}}}", "setting channels cannot be"));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void valueThatNoPluginTakes_isRefusedByLineWithWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> cells(BEGIN + "    " + text + "\n", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 5: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"top-k: [none]", "top-p: 2", "samples: 1", "guidance: [1, x]"})
  void samplingThatCannotBe_isRefusedByLine(String sampling) {
    String far = "  - {method: F, on: A, generator: far,\n     sampling: {" + sampling + "}}\n";
    assertThatThrownBy(() -> cells(BEGIN + far, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 6: setting ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepz: 3", "steps: five", "codebook-size: x", "sampling.top-k: x"})
  void optionThatCannotBe_isRefusedByLine(String option) {
    assertThatThrownBy(() -> cells(BEGIN + "options:\n  " + option + "\n", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 6: ");
    assertThatThrownBy(() -> cells(BEGIN + "scales:\n  quick: {" + option + "}\n", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 6: ");
  }

  @Test
  void unknownPluginsAndWeights_areRefusedByLine() {
    assertThatThrownBy(() -> cells(BEGIN.replace("vqgan", "vqgann"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 4: there is no tokenizer 'vqgann'");
    assertThatThrownBy(() -> cells("name: x\nmethods:\n  - {method: A, weights: w}\n", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml, line 3: A: there are no weights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[64, 128]", "\"64,128\"", "64, 128"})
  void gridAsListOrText_meansTheSame(String values) throws IOException {
    String grid = "    grid:\n      codebook-size: " + values + "\n";
    assertThat(cells(BEGIN + grid, Map.of("seeds", "1")))
        .extracting(cell -> cell.settings().get("codebook-size"))
        .containsExactly("64", "128");
  }

  @Test
  void gridAsList_variesSettingsThatHoldCommas() throws IOException {
    assertThat(cells(BEGIN + "    grid: {multipliers: ['1,2', '1,2,2']}\n", Map.of("seeds", "1")))
        .extracting(cell -> cell.settings().get("multipliers"))
        .containsExactly("1,2", "1,2,2");
  }

  @Test
  void emptyGridOnTheCommandLine_isRefused() {
    String grid = BEGIN + "    grid: {codebook-size: 64}\n";
    assertThatThrownBy(() -> cells(grid, Map.of("codebook-size", ",")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("setting codebook-size cannot be ''");
  }

  private List<CellPlan> cells(String yaml, Map<String, String> given) throws IOException {
    return new RunPlan(load(yaml), "quick", given, Plugins.discover(folder.resolve("none")))
        .cells(Map.of());
  }
}
