package dev.vernier.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.adversarial.AdversarialCases;
import dev.vernier.generators.far.FarCases;
import dev.vernier.nets.published.InceptionCase;
import dev.vernier.nets.published.LpipsCases;
import dev.vernier.nets.published.ResizeCases;
import dev.vernier.quantize.VectorQuantizerCases;
import dev.vernier.tokenizers.fq.DualModelCase;
import dev.vernier.tokenizers.fq.FactorizedCases;
import dev.vernier.tokenizers.lfq.LookupFreeCases;
import dev.vernier.tokenizers.vq.ProjectedQuantizerCases;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of a folder: {@code -Dvernier.fixtures=DIR}, by default the project's own copies.
 * A case that nothing handles fails.
 */
@Tag("numerics")
class GoldenTest {
  private static Map<String, GoldenHandler> handlers() {
    Map<String, GoldenHandler> handlers = new HashMap<>();
    handlers.putAll(BlockCases.handlers());
    handlers.putAll(VectorQuantizerCases.handlers());
    handlers.putAll(FactorizedCases.handlers());
    handlers.putAll(DualModelCase.handlers());
    handlers.putAll(AdversarialCases.handlers());
    handlers.putAll(LookupFreeCases.handlers());
    handlers.putAll(MetricCases.handlers());
    handlers.putAll(PictureCases.handlers());
    handlers.putAll(ResizeCases.handlers());
    handlers.putAll(InceptionCase.handlers());
    handlers.putAll(LpipsCases.handlers());
    handlers.putAll(ProjectedQuantizerCases.handlers());
    handlers.putAll(FarCases.handlers());
    return handlers;
  }

  private static List<Path> cases() throws IOException, URISyntaxException {
    String given = System.getProperty("vernier.fixtures", "");
    Path root =
        given.isEmpty()
            ? Path.of(GoldenTest.class.getResource("/fixtures").toURI())
            : Path.of(given);
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(each -> Files.exists(each.resolve("case.json"))).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCase() throws Exception {
    return cases().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) throws IOException {
    GoldenCase golden = GoldenCase.read(folder);
    GoldenHandler handler = handlers().get(golden.name());
    assertThat(handler).as("a handler for %s", golden.name()).isNotNull();
    handler.check(golden);
    golden.assertComplete();
  }

  @Test
  void projectsOwnCopies_coverEveryHandler() throws Exception {
    Assumptions.assumeTrue(System.getProperty("vernier.fixtures", "").isEmpty());
    Set<String> ours = new HashSet<>(handlers().keySet());
    // These need published weights, which are not ours to copy.
    ours.removeAll(LpipsCases.handlers().keySet());
    assertThat(cases().stream().map(each -> each.getFileName().toString())).containsAll(ours);
  }
}
