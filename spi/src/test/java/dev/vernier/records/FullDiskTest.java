package dev.vernier.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void fileWithoutRoom_isNamedWithWhatItTakes(String words) throws IOException {
    Path file = folder.resolve("weights");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    2_500_000,
                    beside -> {
                      Files.write(beside, new byte[7]);
                      throw new IOException(words);
                    }))
        .isInstanceOf(FullDisk.class)
        .hasMessageStartingWith("there is no room for " + file + ": it takes 2.5 MB, and ")
        .hasMessageContaining("free on its disk; make space and give the command again")
        .hasMessageNotContaining("\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** As a write to an open file fails whose file system has become read-only. */
  @Test
  void wordsOfTheSystemAlone_areToldOfTheFile() {
    Path file = folder.resolve("weights");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    beside -> {
                      throw new IOException("Input/output error");
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Input/output error");
  }

  @Test
  void otherErrors_stayWhatTheyAre() {
    IOException interrupted = new ClosedByInterruptException();
    assertThat(FullDisk.explained(folder, interrupted)).isSameAs(interrupted);
  }

  @Test
  void fileSystemThatIsReadOnly_isToldOfTheFileItself() {
    Path file = folder.resolve("weights");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    beside -> {
                      throw new FileSystemException(
                          beside.toString(), null, "Read-only file system");
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Read-only file system");
  }

  @Test
  void folderThatIsLocked_isToldOfTheFileItself_andAnotherFileAsItIs() {
    Path file = folder.resolve("weights");
    assertThatThrownBy(() -> WholeFile.write(file, FullDiskTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(file.toString());
    Path source = folder.resolve("source");
    assertThatThrownBy(() -> WholeFile.write(file, beside -> deny(source)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(source.toString());
  }

  private static void deny(Path file) throws IOException {
    throw new AccessDeniedException(file.toString());
  }

  @Test
  void cause_isFoundHoweverDeep() {
    IOException full = new FileSystemException("a", null, "No space left on device");
    assertThat(FullDisk.isCauseOf(new UncheckedIOException(full))).isTrue();
    assertThat(FullDisk.isCauseOf(new IllegalStateException("No space left on device"))).isFalse();
    FullDisk told = FullDisk.at(folder, 0, full);
    assertThat(FullDisk.at(Path.of("other"), 5, new IllegalStateException(told))).isSameAs(told);
    assertThat(told).hasMessageStartingWith("there is no room for " + folder + ": ");
  }
}
