package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.spark.task.FileSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSetTest {
  @TempDir private Path folder;

  @Test
  void files_areThoseWanted_andArriveWhole() throws IOException {
    Path from = Files.createDirectories(folder.resolve("from/state"));
    Files.writeString(from.resolve("weights"), "w");
    Files.writeString(folder.resolve("from/result.json"), "{}");
    Files.writeString(folder.resolve("from/other"), "o");
    FileSet files = new FileSet().add("a/", folder.resolve("from"), path -> !path.equals("other"));
    assertThat(files.files()).containsOnlyKeys("a/result.json", "a/state/weights");
    files.write(folder.resolve("to"), "a/result.json");
    assertThat(folder.resolve("to/a/state/weights")).hasContent("w");
    assertThat(folder.resolve("to/a")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void path_thatLeadsOutOfTheFolder_isRefused() {
    FileSet hostile = new FileSet().add("../out", new byte[1]);
    assertThatThrownBy(() -> hostile.write(folder.resolve("to"), ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("would lie outside");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
