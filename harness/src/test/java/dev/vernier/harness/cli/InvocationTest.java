package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationTest {
  @Test
  void line_isWhatAShellTakes() {
    Map<String, String> environment =
        Map.of(
            "VERNIER_THREADS", "2", "VERNIER_JAVA_OPTIONS", "-Xmx8g -ea", "HOME", "/home/somebody");
    List<String> arguments = List.of("run", "mine.yaml", "--set", "steps=3", "--out", "it's here");
    assertThat(new Invocation(environment, "./vernier", arguments).line())
        .isEqualTo(
            "VERNIER_JAVA_OPTIONS='-Xmx8g -ea' VERNIER_THREADS=2"
                + " ./vernier run mine.yaml --set steps=3 --out 'it'\\''s here'");
  }

  @Test
  void secretsOfSpark_areNotKept() {
    List<String> arguments =
        List.of("run", "fig1", "--conf", "spark.authenticate.secret=hush", "--conf", "spark.ui=x");
    assertThat(new Invocation(Map.of(), "vernier", arguments).line())
        .isEqualTo("vernier run fig1 --conf spark.authenticate.secret=... --conf spark.ui=x");
  }

  @Test
  void emptyWords_stayWords() {
    assertThat(new Invocation(Map.of("VERNIER_MATH", ""), "vernier", List.of("list", "")).line())
        .isEqualTo("VERNIER_MATH='' vernier list ''");
  }
}
