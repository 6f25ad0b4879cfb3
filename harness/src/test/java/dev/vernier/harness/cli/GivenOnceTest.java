package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenOnceTest {
  @TempDir Path folder;

  private static void assertRefused(String complaint, String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).isEqualTo(ExitCodes.WRONG_USE);
    assertThat(outcome.err()).contains(complaint).doesNotContain("\tat ");
  }

  @Test
  void whatIsGivenTwice_isRefused_throughALinkToo() throws IOException {
    String one = Files.createDirectory(folder.resolve("one")).toString();
    String link = Files.createSymbolicLink(folder.resolve("link"), Path.of(one)).toString();
    assertRefused(one + " is given twice: name it once", "report", one, one);
    assertRefused(one + " and " + link + " are the same: name one of them", "report", one, link);
    assertRefused(one + " is given twice: name it once", "score", folder.toString(), one, one);
    assertRefused(
        one + " and " + one + "/. are the same: name one of them",
        "score",
        folder.toString(),
        one,
        one + "/.");
  }

  @Test
  void namesThatAreGivenTwice_areRefused_withAnExample() throws IOException {
    String one = Files.createFile(folder.resolve("one.npz")).toString();
    String other = Files.createFile(folder.resolve("other.npz")).toString();
    assertRefused(
        "two are called 'A': give each a name of its own, as in Mine=" + other,
        "compare",
        "A=" + one,
        "A=" + other);
    assertRefused(
        "two are called 'one.npz': give each a name of its own, as in Mine=" + one,
        "compare",
        one,
        one);
  }
}
