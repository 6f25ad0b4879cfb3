package dev.vernier.harness.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyArrayTest {
  @TempDir private Path folder;

  private NumpyArray read(String shape, int bytes) throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }";
    byte[] start =
        ("\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header)
            .getBytes(StandardCharsets.ISO_8859_1);
    return NumpyArray.read(
        Files.write(folder.resolve("a.npy"), Arrays.copyOf(start, start.length + bytes)));
  }

  @Test
  void longNumbersOfOldVersions_areRead() throws IOException {
    assertThat(read("2L, 3L", 6).shape()).containsExactly(2, 3);
    assertThat(read("2L,", 2).shape()).containsExactly(2);
    assertThat(read("", 1).shape()).isEmpty();
    assertThat(read("0, 3", 0).length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100000, 100000, 100000, 3",
        "65536, 65536",
        "2147483648",
        "99999999999, 32",
        "99999999999999999999999, 1",
        "0, 99999999999"
      })
  void shapeBeyondAnArray_isRefused(String shape) {
    assertThatThrownBy(() -> read(shape, 6))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a.npy has the shape (" + shape + "), more than")
        .hasMessageContaining("give a folder of images instead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1, 6", "2.0, 3", "LL, 6", "six"})
  void impossibleShape_isRefused(String shape) {
    assertThatThrownBy(() -> read(shape, 6))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("impossible shape");
  }

  @Test
  void missingNumbers_areToldAsCutOff() {
    assertThatThrownBy(() -> read("2, 3", 5))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is cut off");
  }
}
