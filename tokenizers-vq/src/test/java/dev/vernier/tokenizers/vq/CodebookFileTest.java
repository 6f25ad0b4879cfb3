package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.FeatureSpec;
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
    file = codebook("model", "hash", 1);
    assertThat(file.read()).isEmpty();
    file.write(ENTRIES);
  }

  private CodebookFile codebook(String name, String hash, long seed) {
    FeatureSpec model = new FeatureSpec(name, 2, 0, 2, hash, false);
    return new CodebookFile(folder, "dataset", model, 3, seed);
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
    assertThat(codebook("other", "hash", 1).read()).isEmpty();
    assertThat(codebook("model", "other", 1).read()).isEmpty();
    assertThat(codebook("model", "hash", 2).read()).isEmpty();
  }
}
