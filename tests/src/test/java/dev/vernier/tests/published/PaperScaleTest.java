package dev.vernier.tests.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One image of 256 x 256 pixels at the sizes that were published. */
@EnabledOnOs(OS.LINUX)
class PaperScaleTest {
  private static final List<Integer> F16 = List.of(1, 1, 2, 2, 4);
  private static final double MOST_SECONDS = 60;
  private static final long MOST_KILOBYTES = 8L << 20;
  private static final int PATIENCE_MINUTES = 5;

  @TempDir private Path folder;

  private static PublishedArrays arrays() {
    return new PublishedArrays(128, F16, 256);
  }

  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of("vqgan", arrays().llamaGenFrame(true).quantizer(16_384, 8)),
        Arguments.of("vq-lc", arrays().tamingFrame().projectedCodebook(100_000, 768, 8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  void oneImage_takesSecondsAndLessThanEightGigabytes(String tokenizer, PublishedArrays arrays)
      throws Exception {
    Path file = arrays.write(folder.resolve("paper.safetensors"), "model.");
    Process process = start(tokenizer, file);
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(folder.resolve("out.txt"));
    assertThat(lines).as(() -> read("err.txt")).anyMatch(line -> line.startsWith("peak "));
    assertThat(Double.parseDouble(value(lines, "seconds "))).isLessThan(MOST_SECONDS);
    assertThat(Long.parseLong(value(lines, "peak "))).isLessThan(MOST_KILOBYTES);
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow()
        .substring(name.length());
  }

  private Process start(String tokenizer, Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-cp",
            System.getProperty("java.class.path"),
            OneImage.class.getName(),
            tokenizer,
            file.toString())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      return "nothing was written: " + e.getMessage();
    }
  }
}
