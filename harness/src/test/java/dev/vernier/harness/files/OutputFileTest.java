package dev.vernier.harness.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  private OutputFile output(String name) {
    return new OutputFile(folder.resolve(name), "--junit");
  }

  @Test
  void onlyItsOwnKind_isReplaced() throws IOException {
    output("new/below").refuseOthers(file -> false);
    assertThat(folder).isEmptyDirectory();
    Path file = Files.writeString(folder.resolve("file"), "own");
    output("file").refuseOthers(there -> Files.readString(there).equals("own"));
    assertThatThrownBy(() -> output("file").refuseOthers(there -> false))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is there already: remove it, or choose another --junit");
  }

  @Test
  void folders_andWhatWouldLieInAFile_areRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(output(".")::refuseFolder)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is a folder: name a file as --junit");
    assertThatThrownBy(output("file/below")::refuseFolder)
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is a file: choose another --junit");
  }

  @Test
  void oneFile_isNamedOnce_whateverLeadsToIt() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder);
    OutputFile baseline = new OutputFile(folder.resolve("gate.json"), "--baseline");
    OutputFile.refuseSame(List.of(baseline, output("gate.xml")));
    for (boolean there : new boolean[] {false, true}) {
      for (String same : new String[] {"gate.json", "./gate.json", "link/gate.json"}) {
        assertThatThrownBy(() -> OutputFile.refuseSame(List.of(baseline, output(same))))
            .as("%s, there: %s", same, there)
            .isInstanceOf(UsageException.class)
            .hasMessageEndingWith("gate.json is --baseline, too: choose another --junit");
      }
      if (!there) {
        Files.writeString(folder.resolve("gate.json"), "{}");
      }
    }
  }
}
