package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodebookFileTest {
  private static final float[] ENTRIES = {1, 2, 3, 4, 5, 6};
  @TempDir Path folder;
  private CodebookFile file;

  @BeforeEach
  void write() throws IOException {
    file = new CodebookFile(folder, "dataset", "model", 3, 2, 1);
    assertThat(file.read()).isEmpty();
    file.write(ENTRIES);
  }

  private Path onDisk() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  void writtenFile_isReadBackAndLeavesNothingBeside() throws IOException {
    assertThat(file.read()).hasValueSatisfying(read -> assertThat(read).isEqualTo(ENTRIES));
    assertThat(onDisk()).isRegularFile();
  }

  @Test
  void changedByte_isNotBelieved() throws IOException {
    byte[] bytes = Files.readAllBytes(onDisk());
    bytes[bytes.length - 1] ^= 1;
    Files.write(onDisk(), bytes);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void cutFile_isNotBelieved() throws IOException {
    byte[] bytes = Files.readAllBytes(onDisk());
    Files.write(onDisk(), Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(file.read()).isEmpty();
  }

  @Test
  void otherModel_isNotServed() throws IOException {
    assertThat(new CodebookFile(folder, "dataset", "other", 3, 2, 1).read()).isEmpty();
    assertThat(new CodebookFile(folder, "dataset", "model", 3, 2, 2).read()).isEmpty();
  }
}
