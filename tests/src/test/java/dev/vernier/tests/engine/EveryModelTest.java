package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.endtoend.Program;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every model on every executor against the reference: codes, reconstructions, losses, and all
 * gradients of a training step. A further executor must only pass it.
 */
class EveryModelTest {
  private static final String REFERENCE = "nd4j";
  private static final List<String> OTHERS = List.of("onednn");
  private static final double TOLERANCE = 2e-4;

  /** What {@link OneStep} has besides the plugins at every size. */
  private static final List<String> SINGLE =
      List.of(
          "fqgan-triple, taught",
          "ibq, published",
          "inception",
          "lfq, open-magvit2",
          "lfq, published",
          "residual classifier",
          "token classifier",
          "vq-lc, frozen",
          "vqgan, adversarial",
          "vqgan, perceptual alex",
          "vqgan, perceptual squeeze",
          "vqgan, perceptual vgg",
          "vqgan, trunk");

  @TempDir private Path folder;
  @TempDir private static Path nets;

  @BeforeAll
  static void prepare() throws IOException {
    OneStep.prepare(nets);
  }

  @Test
  void executorsAgree() throws Exception {
    Run reference = start(REFERENCE);
    List<Run> others = new ArrayList<>();
    for (String executor : OTHERS) {
      others.add(start(executor));
    }
    Path expected = reference.results();
    assertThat(models(expected)).containsExactlyInAnyOrderElementsOf(names());
    for (Run other : others) {
      Path results = other.results();
      assertThat(models(results)).containsExactlyElementsOf(models(expected));
      for (String model : models(expected)) {
        Path known = expected.resolve(model);
        Path found = results.resolve(model);
        compare(model, ModelNumbers.read(known), ModelNumbers.read(found));
        compareSaved(known, found);
      }
    }
  }

  private static List<String> models(Path results) throws IOException {
    try (Stream<Path> each = Files.list(results)) {
      return each.map(model -> model.getFileName().toString()).sorted().toList();
    }
  }

  /** All that there has to be. */
  private static List<String> names() {
    List<String> plugins = new ArrayList<>();
    List<String> names = new ArrayList<>(SINGLE);
    TinyTraining.networks().map(TokenizerProvider::name).forEach(plugins::add);
    for (GeneratorProvider each : ServiceLoader.load(GeneratorProvider.class)) {
      plugins.add(each.name());
      names.add(each.name() + ", a position at a time");
    }
    for (String plugin : plugins) {
      Sizes.drawn().forEach(sizes -> names.add(plugin + " " + sizes));
    }
    return names;
  }

  /** A process that writes what one executor computes; they run side by side. */
  private record Run(Process process, Path folder, Path errors) {
    Path results() throws Exception {
      int exit = process.waitFor();
      assertThat(exit).as(Files.readString(errors)).isZero();
      return folder;
    }
  }

  private Run start(String executor) throws IOException {
    Path results = Files.createDirectory(folder.resolve(executor));
    Path errors = folder.resolve(executor + ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Program.SHORT_LIVED);
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(OneStep.class.getName(), results.toString(), nets.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().put("VERNIER_BACKEND", executor);
    return new Run(builder.start(), results, errors);
  }

  private static void compare(String model, ModelNumbers expected, ModelNumbers found) {
    assertThat(found.tokens()).as("%s: tokens", model).isEqualTo(expected.tokens());
    assertThat(expected.arrays().isEmpty() && expected.losses().isEmpty()).as(model).isFalse();
    assertThat(found.arrays().keySet()).as(model).isEqualTo(expected.arrays().keySet());
    expected
        .arrays()
        .forEach(
            (name, array) -> assertClose(model + ": " + name, found.arrays().get(name), array));
    assertThat(found.losses().keySet()).as(model).isEqualTo(expected.losses().keySet());
    expected
        .losses()
        .forEach(
            (name, loss) ->
                assertThat(found.losses().get(name))
                    .as("%s: %s", model, name)
                    .isCloseTo(loss, within(TOLERANCE * Math.abs(loss) + 1e-6)));
  }

  /**
   * Gradients of all parameters together: single ones may be the rounding of a zero. Only trainings
   * save them.
   */
  private static void compareSaved(Path expected, Path found) throws IOException {
    List<Path> files;
    try (Stream<Path> each = Files.list(expected)) {
      files = each.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
    assertThat(files.isEmpty()).isEqualTo(ModelNumbers.read(expected).losses().isEmpty());
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
    assertThat(norm).as(what).isPositive().isFinite();
    assertThat(Math.sqrt(difference)).as(what).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
  }
}
