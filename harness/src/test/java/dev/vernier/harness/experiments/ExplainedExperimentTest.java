package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.records.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment that explains every key. */
class ExplainedExperimentTest {
  private static final ObjectMapper YAML = new YAMLMapper();

  @TempDir Path folder;

  private static List<String> keys(Class<?> type) {
    return YAML
        .getDeserializationConfig()
        .introspect(YAML.constructType(type))
        .findProperties()
        .stream()
        .filter(BeanPropertyDefinition::couldDeserialize)
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Experiment.Method.class,
        Experiment.Layer.class,
        GivenSource.Onnx.class,
        Finding.class,
        Finding.Check.class,
        Tuning.class
      })
  void noKey_isMissing(Class<?> type) {
    assertThat(keys(type)).isNotEmpty().allSatisfy(ExplainedExperimentTest::assertExplained);
  }

  @Test
  void noKeyAtTheTop_isMissing() {
    assertThat(ExperimentYaml.KEYS).allSatisfy(ExplainedExperimentTest::assertExplained);
  }

  /** It stands where a key can stand: first in a line, or within braces. */
  private static void assertExplained(String key) throws IOException {
    assertThat(Experiment.explained())
        .containsPattern(
            Pattern.compile("^[# ]*(- )?(\\w+: \\{.*)?" + key + ":", Pattern.MULTILINE));
  }

  @Test
  void noPlace_isMissing() throws IOException {
    String text = Experiment.explained();
    for (Finding.Place place : Finding.Place.values()) {
      assertThat(text).containsPattern("[ ,]" + YAML.convertValue(place, String.class) + "[ ,.\n]");
    }
    assertThat(text).contains("x-");
  }

  private Experiment load(String text) throws IOException {
    return Experiment.load(Files.writeString(folder.resolve("mine.yaml"), text).toString());
  }

  @Test
  void it_canBeRun() throws IOException {
    Experiment experiment = load(Experiment.explained());
    Plugins plugins = Plugins.discover(folder.resolve("none"));
    assertThat(new RunPlan(experiment, "quick", Map.of(), plugins).cells(Map.of())).hasSize(8);
    assertThat(new RunPlan(experiment, "tiny", Map.of(), plugins).cells(Map.of())).hasSize(4);
  }

  @Test
  void whatIsCommentedOut_canBeRead() throws IOException {
    String all = Experiment.explained().replaceAll("(?m)^( *)#(- |  )(?=[\\w-]+:)", "$1$2");
    String searching = all.substring(all.indexOf("#tuning")).replaceAll("(?m)^#(tuning)", "$1");
    Experiment experiment = load(all.substring(0, all.indexOf("# A search")));
    assertThat(experiment.methods())
        .extracting(Experiment.Method::name)
        .containsExactly("VQGAN", "LBG", "Published", "Mine", "Mine elsewhere", "FAR");
    assertThat(experiment.methods().get(3).source().onnx().decodedRange()).isEqualTo("-1..1");
    assertThat(experiment.methods().get(4).source().downsampling()).isEqualTo("8");
    assertThat(searching).contains("tuning:\n  metric: rfid");
  }
}
