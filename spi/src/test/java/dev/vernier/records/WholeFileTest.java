package dev.vernier.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final int TIMES = 50;
  private static final int LENGTH = 100_000;

  @TempDir Path folder;

  private List<Path> inside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] filled(int value) {
    byte[] content = new byte[LENGTH];
    Arrays.fill(content, (byte) value);
    return content;
  }

  private static void writeOften(Path file, byte[] content) throws IOException {
    for (int i = 0; i < TIMES; i++) {
      ResultFiles.writeWhole(file, content);
      byte[] read = Files.readAllBytes(file);
      assertThat(read).isNotEmpty().isEqualTo(filled(read[0]));
    }
  }

  @Test
  void file_writtenByManyAtOnce_isWholeAtEveryMoment() throws Exception {
    Path file = folder.resolve("shared");
    ManyWriters.run(i -> writeOften(file, filled(i)));
    assertThat(inside()).containsExactly(file);
  }

  @Test
  void folderThatIsNotThere_isToldByTheFile() {
    Path file = folder.resolve("nowhere/file");
    assertThatThrownBy(() -> WholeFile.write(file, beside -> Files.write(beside, filled(1))))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());
  }

  @Test
  void writtenFile_mayBeReadByWhomOthersMayBe() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path other = Files.createFile(folder.resolve("other"));
    Path file = folder.resolve("file");
    ResultFiles.writeWhole(file, filled(1));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void failedWriting_leavesTheOldFileAndNothingBeside() throws IOException {
    Path file = folder.resolve("file");
    ResultFiles.writeWhole(file, filled(1));
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    beside -> {
                      Files.write(beside, "half".getBytes(StandardCharsets.US_ASCII));
                      throw new IOException("no space left");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": no space left");
    assertThat(inside()).containsExactly(file);
    assertThat(file).hasBinaryContent(filled(1));
  }

  @Test
  void failedRenaming_leavesNothingBeside() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.createFile(taken.resolve("inside"));
    assertThatThrownBy(() -> ResultFiles.writeWhole(taken, filled(1)))
        .isInstanceOf(IOException.class);
    assertThat(inside()).containsExactly(taken);
  }

  @Test
  void clearing_takesWhatWritersLeftThatWereKilled_andNothingElse() throws IOException {
    Path below = Files.createDirectories(folder.resolve("below"));
    WholeFile.write(
        below.resolve("file"),
        beside -> {
          Files.createFile(beside);
          Files.copy(beside, folder.resolve(beside.getFileName()));
        });
    Files.createFile(folder.resolve("a.part"));
    Path deep = Files.createFile(below.resolve("a." + UUID.randomUUID() + ".part"));
    assertThat(inside()).hasSize(3);
    WholeFile.clear(folder, 1);
    assertThat(inside()).hasSize(2);
    assertThat(deep).exists();
    WholeFile.clear(folder);
    assertThat(deep).doesNotExist();
    assertThat(inside()).containsExactlyInAnyOrder(below, folder.resolve("a.part"));
    assertThat(below.resolve("file")).exists();
  }
}
