package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNoImage_isNamedWhenItIsRead() throws Exception {
    Files.writeString(folder.resolve("0.png"), "no image");
    ImageFiles files = ImageFiles.of(folder);
    assertThat(files.names()).containsExactly("0.png");
    assertThatThrownBy(() -> files.get(0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "0.png is not a usable image (not an image of a known format): replace");
  }

  @Test
  void aLinkThatLeadsNowhere_isNamedAtOnce() throws Exception {
    Files.writeString(folder.resolve("0.png"), "no image");
    Files.createSymbolicLink(folder.resolve("9.png"), Path.of("nowhere.png"));
    assertThatThrownBy(() -> ImageFiles.of(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("9.png is not a usable image (a link that leads nowhere)");
  }

  @Test
  void aBackslashInAName_isPartOfIt() throws Exception {
    Files.writeString(folder.resolve("a\\0.png"), "no image");
    assertThat(ImageFiles.of(folder).names()).containsExactly("a\\0.png");
  }
}
