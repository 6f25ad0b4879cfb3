package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of temporary files, where native libraries would pile up. */
class TemporaryFilesTest {
  @TempDir Path folder;

  @Test
  void program_thatLoadsEveryLibrary_leavesNone() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Program vernier = new Program(folder);
    Outcome outcome =
        vernier.outcome(
            vernier.start(List.of("-Djava.io.tmpdir=" + temporary), List.of("doctor"), Map.of()));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("ONNX Runtime: 1.");
    assertThat(temporary).isEmptyDirectory();
  }
}
