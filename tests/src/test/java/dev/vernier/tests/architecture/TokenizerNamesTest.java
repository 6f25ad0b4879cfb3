package dev.vernier.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.Setting;
import dev.vernier.spi.TokenizerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The harness knows tokenizers by their contract: their names and settings are data to it. */
class TokenizerNamesTest {
  private static final Path HARNESS = Path.of("../harness/src/main/java");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (TokenizerProvider each : ServiceLoader.load(TokenizerProvider.class)) {
      names.add(each.name());
      each.settings().stream().map(Setting::name).forEach(names::add);
    }
    return names;
  }

  private static Stream<String> literals(Path source) {
    try {
      return LITERAL.matcher(Files.readString(source)).results().map(MatchResult::group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void harness_namesNoTokenizerAndNoSettingOfOne() throws IOException {
    Set<String> names = names();
    assertThat(names).contains("vqgan", "codebook-size", "perceptual-weight");
    try (Stream<Path> files = Files.walk(HARNESS)) {
      List<Path> sources = files.filter(each -> each.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      assertThat(sources)
          .allSatisfy(
              source ->
                  assertThat(literals(source).map(each -> each.replace("\"", "")))
                      .as("%s", source)
                      .doesNotContainAnyElementsOf(names));
    }
  }
}
