package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.workers.Refusal;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
  @TempDir private Path folder;

  private static Conditions of(Map<String, String> values) {
    return new Conditions(new TreeMap<>(values));
  }

  @ParameterizedTest
  @CsvSource({
    "dataset, one, two, 'here it is two, where the run was begun one'",
    "plugin a.jar, one, , 'here it is missing, where the run was begun one'",
    "plugin a.jar, , two, 'here it is two, where the run was begun missing'",
    "teacher semantic, one, two, 'here it is two, where the run was begun one'"
  })
  void otherConditions_areRefusedWithBothValues(
      String name, String begun, String found, String both) {
    Conditions expected = of(begun == null ? Map.of() : Map.of(name, begun));
    Conditions here = of(found == null ? Map.of() : Map.of(name, found));
    assertThatThrownBy(() -> expected.require(here))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("the " + name + " differs from the run's: " + both);
  }

  @Test
  void netsThatOnlyTrain_mayBeMissingWhereNothingIsTrained() {
    Conditions expected = of(Map.of("perceptual distance", "net 1", "teacher *", "net 1"));
    assertThatCode(() -> expected.require(of(Map.of()))).doesNotThrowAnyException();
  }

  @Test
  void teacherOfASubCodebook_isThatOfAllWhereItHasNoneOfItsOwn() {
    Conditions expected = of(Map.of("teacher *", "net 1", "teacher texture", "net 2"));
    assertThatCode(
            () ->
                expected.require(
                    of(Map.of("teacher semantic", "net 1", "teacher texture", "net 2"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> expected.require(of(Map.of("teacher semantic", "net 2"))))
        .hasMessageContaining("here it is net 2, where the run was begun net 1");
  }

  @Test
  void code_isThatOfVernierAndOfPlugins() {
    Map<String, String> code = Map.of("code", "0.1.0, 0a", "plugin a.jar", "0b");
    Map<String, String> all = new TreeMap<>(code);
    all.put("dataset", "0c");
    assertThat(of(all).code()).isEqualTo(code);
    all.put("processor", "other");
    assertThat(of(all).codeHash(List.of())).isEqualTo(of(code).codeHash(List.of()));
    // A plugin that has no part in a cell says nothing of it.
    all.put("plugin a.jar", "0d");
    assertThat(of(all).codeHash(List.of())).isEqualTo(of(code).codeHash(List.of()));
    all.put("code", "0.1.0, 0e");
    assertThat(of(all).codeHash(List.of())).isNotEqualTo(of(code).codeHash(List.of()));
  }

  @Test
  void conditions_nameCodeAndProcessorAndSurviveTheirFile() throws IOException {
    Conditions own = Conditions.of(Map.of("dataset", "0a"), Plugins.discover(folder));
    assertThat(own.values()).containsOnlyKeys("code", "dataset", "processor");
    assertThat(own.values().get("code")).matches(".+, [0-9a-f]{64}");
    RunFolder run = new RunFolder(folder);
    run.write(own);
    assertThat(run.conditions()).isEqualTo(own);
    Files.writeString(folder.resolve("conditions.json"), "{\"code\":");
    assertThatThrownBy(run::conditions)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("conditions.json");
  }
}
