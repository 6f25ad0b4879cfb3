package dev.vernier.harness.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusableFileTest {
  @TempDir Path folder;

  private static FileSystemException whereCreated(Path file) {
    return catchThrowableOfType(FileSystemException.class, () -> Files.createFile(file));
  }

  private static FileSystemException whereListed(Path folder) {
    return catchThrowableOfType(
        FileSystemException.class, () -> Files.newDirectoryStream(folder).close());
  }

  private static FileSystemException whereDeleted(Path folder) {
    return catchThrowableOfType(FileSystemException.class, () -> Files.delete(folder));
  }

  @Test
  void file_isToldWithItsReason_neverAClass() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path nowhere = folder.resolve("nowhere/file");
    assertThat(UnusableFile.told(whereCreated(nowhere)))
        .isEqualTo("cannot use " + nowhere + " (no such file or folder): check the path");
    assertThat(UnusableFile.told(whereCreated(file))).contains("(it is there already)");
    assertThat(UnusableFile.told(new AccessDeniedException("/root")))
        .isEqualTo("cannot use /root (permission denied): check the path");
    assertThat(UnusableFile.told(whereListed(file))).contains("(it is no folder)");
    assertThat(UnusableFile.told(whereDeleted(folder))).contains("(the folder is not empty)");
    assertThat(UnusableFile.told(new FileSystemException("f")))
        .isEqualTo("cannot use f (the system does not say why): check the path");
  }

  @Test
  void reasonOfTheSystem_isTold() {
    assertThat(UnusableFile.told(new FileSystemException("f", null, "Not a directory")))
        .isEqualTo("cannot use f (Not a directory): check the path");
  }
}
