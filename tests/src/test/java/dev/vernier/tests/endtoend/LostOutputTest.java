package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is printed may be results that somebody keeps. */
@EnabledOnOs(OS.LINUX)
class LostOutputTest {
  @TempDir private Path folder;

  private Outcome list(String redirected) throws Exception {
    Path script = folder.resolve("script");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        script,
        "'%s' -XX:TieredStopAtLevel=1 -cp \"$1\" dev.vernier.harness.cli.Vernier list %s\n"
            .formatted(java, redirected));
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    "bash",
                    "-o",
                    "pipefail",
                    script.toString(),
                    System.getProperty("java.class.path")))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Outcome(code, "", Files.readString(err));
  }

  @Test
  void fullDisk_isSaid_andAReaderThatWentAwayIsNot() throws Exception {
    Outcome full = list(">/dev/full");
    assertThat(full.code()).isEqualTo(2);
    assertThat(full.complaints())
        .singleElement()
        .asString()
        .startsWith("vernier: standard output cannot be written (")
        .endsWith("): results are lost");

    Outcome gone = list("| true");
    assertThat(gone.code()).isZero();
    assertThat(gone.complaints()).isEmpty();
  }
}
