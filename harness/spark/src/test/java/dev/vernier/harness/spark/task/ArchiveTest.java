package dev.vernier.harness.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  @TempDir private Path folder;

  /** As datasets are read, whose classes may be links; and a second time over what is there. */
  @Test
  void folder_isPackedWithWhatIsLinkedThere() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.writeString(Files.createDirectories(folder.resolve("elsewhere")).resolve("a.png"), "a");
    Files.createSymbolicLink(images.resolve("cats"), folder.resolve("elsewhere"));
    Path archive = folder.resolve("images.zip");
    Archive.pack(images, archive);
    Path there = folder.resolve("there");
    Archive.unpack(archive, there);
    Files.writeString(there.resolve("images/cats/a.png"), "");
    Archive.unpack(archive, there);
    assertThat(there.resolve("images/cats/a.png")).hasContent("a");
  }
}
