package dev.vernier.harness.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path folder;

  private OutputFolder output(String name) {
    return new OutputFolder(folder.resolve(name), "--out");
  }

  @Test
  void newAndEmptyFolders_areTaken() throws IOException {
    output("new/below").refuseOthers(entry -> false);
    assertThat(folder).isEmptyDirectory();
    Files.createDirectories(folder.resolve("empty/.git"));
    Files.writeString(
        folder.resolve("empty/run.json.0a1b2c3d-0000-0000-0000-000000000000.part"), "{");
    output("empty").refuseOthers(entry -> false);
  }

  @Test
  void whatItDidNotWrite_isRefused() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(mine.resolve("own.txt"), "");
    output("mine").refuseOthers("own.txt"::equals);
    Files.writeString(mine.resolve("other.txt"), "");
    assertThatThrownBy(() -> output("mine").refuseOthers("own.txt"::equals))
        .isInstanceOf(UsageException.class)
        .hasMessage(mine + " holds something else already: choose another --out");
  }

  @Test
  void files_andWhatWouldLieInThem_areRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("nowhere"));
    for (String name : new String[] {"file", "file/below", "file/further/below"}) {
      assertThatThrownBy(() -> output(name).refuseOthers(entry -> false))
          .isInstanceOf(UsageException.class)
          .hasMessage(file + " is a file: choose another --out");
    }
    assertThatThrownBy(output("lost")::refuseFile).isInstanceOf(UsageException.class);
  }
}
