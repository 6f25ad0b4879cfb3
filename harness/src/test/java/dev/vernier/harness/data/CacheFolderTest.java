package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFolderTest {
  private static final String HOME = "user.home";
  private static final String NAMED = "vernier.cache";
  private static final String TEMPORARY = "java.io.tmpdir";

  private final String home = System.getProperty(HOME);
  @TempDir Path folder;

  @BeforeEach
  void takeTheEnvironmentForEmpty() {
    assumeTrue(System.getenv("XDG_CACHE_HOME") == null);
  }

  @AfterEach
  void restore() {
    System.setProperty(HOME, home);
    System.clearProperty(NAMED);
  }

  @Test
  void usualFolder_isMadeBelowAHomeThatMayNotBeThereYet() {
    for (Path each : new Path[] {folder, folder.resolve("new")}) {
      System.setProperty(HOME, each.toString());
      assertThat(CacheFolder.path()).isEqualTo(each.resolve(".cache/vernier"));
      assertThat(CacheFolder.remark()).isEmpty();
    }
  }

  /** In a container, of a user whom it does not know, and of one whose home is no folder. */
  @ParameterizedTest
  @ValueSource(strings = {"?", "/dev/null"})
  void userWithoutAHome_getsAFolderAmongTheTemporaryOnes(String none) throws IOException {
    System.setProperty(HOME, none);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path cache = CacheFolder.path();
    assertThat(cache).isEqualTo(temporary.resolve("vernier-" + System.getProperty("user.name")));
    assertThat(CacheFolder.remark())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("kept in " + cache, none + "/.cache/vernier", "XDG_CACHE_HOME")
                    .hasLineCount(1));
    assertThat(Files.exists(Path.of("?"))).isFalse();

    System.setProperty(NAMED, folder.toString());
    assertThat(CacheFolder.path()).isEqualTo(folder);
    assertThat(CacheFolder.remark()).isEmpty();
  }

  /** Whoever may write where temporary files are could put a net of his own there. */
  @Test
  void linkAmongTheTemporaryFolders_isNotTakenForTheUsersOwn() throws IOException {
    System.setProperty(HOME, "?");
    String temporary = System.setProperty(TEMPORARY, folder.toString());
    try {
      Path cache = folder.resolve("vernier-" + System.getProperty("user.name"));
      Files.createDirectory(cache);
      assertThat(CacheFolder.path()).isEqualTo(cache);
      Files.delete(cache);
      Files.createSymbolicLink(cache, Files.createDirectory(folder.resolve("elsewhere")));
      assertThatThrownBy(CacheFolder::path)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(cache.toString())
          .hasMessageContaining("XDG_CACHE_HOME");
    } finally {
      System.setProperty(TEMPORARY, temporary);
    }
  }
}
