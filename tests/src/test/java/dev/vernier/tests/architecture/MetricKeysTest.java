package dev.vernier.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.MetricKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the catalogue spells the key of a metric. */
class MetricKeysTest {
  /** But for one that is the name of a plugin too. */
  private static final List<String> QUOTED =
      Arrays.stream(MetricKind.values())
          .filter(each -> each != MetricKind.LPIPS)
          .map(each -> '"' + each.key() + '"')
          .toList();

  @ParameterizedTest
  @ValueSource(strings = {"harness", "reports"})
  void sources_spellNoKey(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
      List<Path> sources = files.filter(each -> each.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(QUOTED.stream().filter(Files.readString(source)::contains))
            .as("%s", source)
            .isEmpty();
      }
    }
  }
}
