package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.TokenizerProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training allocates nothing that stays.
 *
 * <p>{@code -Dvernier.steps=10000} asks for as many steps, on every executor.
 */
class ResidentMemoryTest {
  /** Until buffers exist and the hot methods are compiled. */
  private static final int FIRST_STEPS = 150;

  private static final int FEWEST_STEPS = 350;

  private static final int STEPS = Integer.getInteger("vernier.steps", FEWEST_STEPS);

  /**
   * A good half of what one activation of full size, kept in each step, would come to. Without a
   * leak the growth was measured to stay below 0.5 MB.
   */
  private static final long LIMIT = 6L << 20;

  private static final int PATIENCE_MINUTES = 5 + STEPS / 200;

  @TempDir Path folder;

  static Stream<Arguments> models() {
    List<String> executors = STEPS > FEWEST_STEPS ? List.of("onednn", "nd4j") : List.of("onednn");
    return executors.stream()
        .flatMap(
            executor ->
                Stream.concat(
                        TinyTraining.networks().map(TokenizerProvider::name), Stream.of("far"))
                    .map(model -> Arguments.of(model, executor)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void memory_staysFlatOverManySteps(String model, String executor) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = start(model, executor, out, err);
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
    assertThat(lines).as(() -> read(err)).anyMatch(line -> line.startsWith("grown "));
    String last = lines.get(lines.size() - 1);
    assertThat(Long.parseLong(last.substring("grown ".length()))).isLessThan(LIMIT);
  }

  /**
   * The heap is given out whole at the start, so that only native memory can grow; and methods are
   * compiled when they get hot, not when a busy machine comes to it, and soon, before the steps
   * that count; by the first compiler, which takes little memory itself.
   */
  private static Process start(String model, String executor, Path out, Path err) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-Xbatch",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.1",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                ManySteps.class.getName(),
                model,
                String.valueOf(FIRST_STEPS),
                String.valueOf(STEPS))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // Nets this small gain nothing from a second thread, and lose much where cores are shared.
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("VERNIER_BACKEND", executor);
    return builder.start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "nothing was written: " + e.getMessage();
    }
  }
}
