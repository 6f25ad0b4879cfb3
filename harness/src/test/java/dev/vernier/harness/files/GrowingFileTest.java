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

  private GrowingFile.Position position() throws IOException {
    try (GrowingFile file = new GrowingFile(path, 2)) {
      return file.position();
    }
  }

  @Test
  void anotherSession_goesOnWhereTheLastOneWas() throws IOException {
    assertThat(position()).isEqualTo(new GrowingFile.Position(3, 2.5));
    try (GrowingFile file = new GrowingFile(path, 2)) {
      file.add(ByteBuffer.wrap(new byte[] {7, 8}), 4);
      ByteBuffer two = ByteBuffer.allocate(4);
      file.read(2, two);
      assertThat(two.array()).containsExactly(5, 6, 7, 8);
    }
    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(position()).isEqualTo(new GrowingFile.Position(4, 4));
  }

  @Test
  void whatAKilledWriterLeftBehindThePosition_isForgotten() throws IOException {
    Files.write(path, new byte[] {7, 8, 9}, StandardOpenOption.APPEND);
    assertThat(position()).isEqualTo(new GrowingFile.Position(3, 2.5));
    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void aFileThatIsCutOff_beginsAnew() throws IOException {
    Files.write(path, new byte[] {1, 2, 3, 4, 5});
    assertThat(position()).isEqualTo(new GrowingFile.Position(0, 0));
    assertThat(path).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"records\": -1, \"seconds\": 1}"})
  void aFileWithoutAPosition_beginsAnew(String position) throws IOException {
    Files.writeString(GrowingFile.positionFile(path), position);
    assertThat(position()).isEqualTo(new GrowingFile.Position(0, 0));
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
