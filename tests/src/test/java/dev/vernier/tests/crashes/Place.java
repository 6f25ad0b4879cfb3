package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.FolderTree;
import dev.vernier.tests.endtoend.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a run under test lies, and what harms it there.
 *
 * @param folder has nothing else in it
 */
record Place(Path folder) {
  private static final long PATIENCE_SECONDS = 30;

  /** What the run's folder lies in: a disk of its own, for some harms. */
  Path disk() {
    return folder.resolve("disk");
  }

  Path run() {
    return disk().resolve("run");
  }

  /** Vernier with a cache of its own. */
  Program vernier() {
    return new Program(folder);
  }

  /** Runs a command of the system, which has to succeed. */
  static void system(String... command) throws IOException {
    if (!succeeds(command)) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  /** Runs a command of the system. */
  static boolean succeeds(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException e) {
      // There is no such command here.
      return false;
    }
  }

  /** Takes away all of it, mounted or immutable as a campaign that was cut off has left it. */
  void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (Files.isDirectory(disk())) {
      ReadOnlyFolder.release(disk());
      succeeds("umount", disk().toString());
    }
    FolderTree.delete(folder);
  }

  /** How many files the run has by now. */
  int files() {
    if (!Files.isDirectory(run())) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(run())) {
      return (int) files.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException e) {
      // One was renamed while they were counted.
      return 0;
    }
  }

  /** The processes of a run but the first: its workers. */
  static List<ProcessHandle> workers(Process process) {
    return process.descendants().toList();
  }
}
