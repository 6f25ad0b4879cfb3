package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every model on every executor against the reference: codes, reconstructions, losses, and all
 * gradients of a training step. A further executor must only pass it.
 */
@Tag("numerics")
class EveryModelTest {
  private static final String REFERENCE = "nd4j";
  private static final List<String> OTHERS = List.of("onednn");
  private static final double TOLERANCE = 2e-4;

  @TempDir private Path folder;

  @Test
  void executorsAgree() throws Exception {
    Path expected = run(REFERENCE);
    List<Path> models;
    try (Stream<Path> each = Files.list(expected)) {
      models = each.sorted().toList();
    }
    List<String> names = new ArrayList<>();
    TinyTraining.networks().map(TokenizerProvider::name).forEach(names::add);
    ServiceLoader.load(GeneratorProvider.class).forEach(each -> names.add(each.name()));
    assertThat(models.stream().map(each -> each.getFileName().toString())).containsAll(names);
    for (String executor : OTHERS) {
      Path found = run(executor);
      for (Path model : models) {
        compareNumbers(model, found.resolve(model.getFileName()));
        compareSaved(model, found.resolve(model.getFileName()));
      }
    }
  }

  private Path run(String executor) throws Exception {
    Path results = Files.createDirectory(folder.resolve(executor));
    Path errors = folder.resolve(executor + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                OneStep.class.getName(),
                results.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().put("VERNIER_BACKEND", executor);
    int exit = builder.start().waitFor();
    assertThat(exit).as(Files.readString(errors)).isZero();
    return results;
  }

  private static void compareNumbers(Path expected, Path found) throws IOException {
    JsonNode a = new ObjectMapper().readTree(expected.resolve("numbers.json").toFile());
    JsonNode b = new ObjectMapper().readTree(found.resolve("numbers.json").toFile());
    String model = expected.getFileName().toString();
    assertThat(b.get("tokens")).as("%s: tokens", model).isEqualTo(a.get("tokens"));
    if (a.has("decoded")) {
      assertClose(model + ": decoded", floats(b.get("decoded")), floats(a.get("decoded")));
    }
    for (var each : a.get("losses").properties()) {
      double loss = each.getValue().asDouble();
      assertThat(b.get("losses").get(each.getKey()).asDouble())
          .as("%s: %s", model, each.getKey())
          .isCloseTo(loss, within(TOLERANCE * Math.abs(loss) + 1e-6));
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** Gradients of all parameters together: single ones may be the rounding of a zero. */
  private static void compareSaved(Path expected, Path found) throws IOException {
    List<Path> files;
    try (Stream<Path> each = Files.list(expected)) {
      files = each.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      try (WeightFile a = WeightFile.open(file);
          WeightFile b = WeightFile.open(found.resolve(file.getFileName()))) {
        assertThat(b.names()).isEqualTo(a.names());
        List<String> moments =
            a.names().stream().filter(name -> name.endsWith("adam.first")).toList();
        assertThat(moments).isNotEmpty();
        for (String name : moments) {
          assertClose(expected.getFileName() + ": " + name, b.read(name), a.read(name));
        }
      }
    }
  }

  private static void assertClose(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(norm).as(what).isPositive();
    assertThat(Math.sqrt(difference)).as(what).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
  }
}
