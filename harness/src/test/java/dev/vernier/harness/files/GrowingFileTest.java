package dev.vernier.harness.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingFileTest {
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("records");
    try (GrowingFile file = new GrowingFile(path, 2)) {
      file.add(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 1.5);
      file.add(ByteBuffer.wrap(new byte[] {5, 6}), 2.5);
    }
  }

  private void assertPosition(long records, double seconds) throws IOException {
    try (GrowingFile file = new GrowingFile(path, 2)) {
      assertThat(file.position().records()).isEqualTo(records);
      assertThat(file.position().seconds()).isEqualTo(seconds);
    }
  }

  @Test
  void anotherSession_goesOnWhereTheLastOneWas() throws IOException {
    assertPosition(3, 2.5);
    try (GrowingFile file = new GrowingFile(path, 2)) {
      file.add(ByteBuffer.wrap(new byte[] {7, 8}), 4);
      ByteBuffer two = ByteBuffer.allocate(4);
      file.read(2, two);
      assertThat(two.array()).containsExactly(5, 6, 7, 8);
    }
    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertPosition(4, 4);
  }

  @Test
  void whatAKilledWriterLeftBehindThePosition_isForgotten() throws IOException {
    Files.write(path, new byte[] {7, 8, 9}, StandardOpenOption.APPEND);
    assertPosition(3, 2.5);
    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void aFileThatIsCutOff_beginsAnew() throws IOException {
    Files.write(path, new byte[] {1, 2, 3, 4, 5});
    assertPosition(0, 0);
    assertThat(path).isEmptyFile();
  }

  @Test
  void aFileWhoseRecordsAreOthers_beginsAnew_andIsWhatItWasAfterThat() throws IOException {
    Files.write(path, new byte[] {1, 2, 0, 0, 5, 6});
    assertPosition(0, 0);
    assertThat(path).isEmptyFile();
    write();
    assertPosition(3, 2.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"records\": -1, \"seconds\": 1}"})
  void aFileWithoutAPosition_beginsAnew(String position) throws IOException {
    Files.writeString(GrowingFile.positionFile(path), position);
    assertPosition(0, 0);
    assertThat(path).isEmptyFile();
  }

  @Test
  void recordsThatAreNotThere_cannotBeRead() throws IOException {
    try (GrowingFile file = new GrowingFile(path, 2)) {
      assertThatThrownBy(() -> file.read(2, ByteBuffer.allocate(4)))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("no record 3");
    }
  }
}
