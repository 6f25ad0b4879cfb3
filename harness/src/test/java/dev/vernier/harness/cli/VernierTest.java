package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class VernierTest {
  private static final String FULL = "No space left on device";

  @Test
  void fullDisk_isThatOfTheFile_orOfNoneThatIsKnown() {
    assertThat(Vernier.explanation(new FileSystemException("/run/cell", null, FULL)))
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("there is no room for /run/cell: "));
    assertThat(Vernier.explanation(new UncheckedIOException(new IOException(FULL))))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("a disk is full, ")
                    .contains(System.getProperty("java.io.tmpdir"))
                    .hasLineCount(1));
  }
}
