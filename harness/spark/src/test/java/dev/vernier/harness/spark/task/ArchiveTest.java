package dev.vernier.harness.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @Test
  void file_isPackedUnderItsName() throws IOException {
    Path weights = Files.writeString(folder.resolve("a.onnx"), "a");
    assertThat(packed(weights).resolve("a.onnx")).hasContent("a");
  }

  /** None of it keeps a run on this machine from its images. */
  @Test
  @EnabledOnOs(OS.LINUX) // has a file that not even root can read
  void whatADatasetPassesOver_isNotSent() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/cats"));
    Files.writeString(images.resolve("a.png"), "a");
    Files.createSymbolicLink(images.resolve("b.png"), Path.of("/proc/self/mem"));
    Files.createSymbolicLink(images.resolve("c.png"), folder.resolve("nowhere"));
    Files.writeString(Files.createDirectories(folder.resolve("images/.git")).resolve("HEAD"), "a");
    Path there = packed(folder.resolve("images")).resolve("images");
    try (Stream<Path> sent = Files.walk(there)) {
      assertThat(sent)
          .containsExactlyInAnyOrder(there, there.resolve("cats"), there.resolve("cats/a.png"));
    }
  }

  /** Classes are told apart by their place among all folders. */
  @Test
  void folderWithoutFiles_isSent_asIsALinkThatLeadsAroundInACircle() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.writeString(Files.createDirectory(images.resolve("cats")).resolve("a.png"), "a");
    Files.createDirectory(images.resolve("birds"));
    Files.createSymbolicLink(images.resolve("all"), images);
    Path there = packed(images).resolve("images");
    assertThat(there.resolve("birds")).isEmptyDirectory();
    assertThat(there.resolve("all")).isEmptyDirectory();
    assertThat(there.resolve("cats/a.png")).hasContent("a");
  }

  private Path packed(Path source) throws IOException {
    Path archive = folder.resolve("some.zip");
    Archive.pack(source, archive);
    Archive.unpack(archive, folder.resolve("there"));
    return folder.resolve("there");
  }
}
