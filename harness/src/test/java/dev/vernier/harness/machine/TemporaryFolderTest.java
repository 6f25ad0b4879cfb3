package dev.vernier.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.FullDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
  private static final Path FILE = Path.of("/tmp/vernier-images-1.raw");

  @AfterEach
  void forget() {
    System.clearProperty(JavaOptions.SUBMITTED);
  }

  private static IOException full() {
    return TemporaryFolder.explained(FILE, 2_500_000, new IOException("No space left on device"));
  }

  @Test
  void fullDisk_isThatOfTheTemporaryFile_whichMayLieElsewhere() {
    assertThat(full())
        .isInstanceOf(FullDisk.class)
        .hasMessageStartingWith("there is no room for " + FILE + ": it takes 2.5 MB, and ")
        .hasMessageEndingWith("by VERNIER_JAVA_OPTIONS=-Djava.io.tmpdir=DIR");
  }

  @Test
  void driverOfACluster_isToldTheOptionOfSparkSubmit() {
    System.setProperty(JavaOptions.SUBMITTED, "client");
    assertThat(full()).hasMessageEndingWith("by --driver-java-options -Djava.io.tmpdir=DIR");
  }

  @Test
  void otherErrors_stayWhatTheyAre() {
    IOException other = new IOException("Input/output error");
    assertThat(TemporaryFolder.explained(FILE, 0, other)).isSameAs(other);
  }
}
