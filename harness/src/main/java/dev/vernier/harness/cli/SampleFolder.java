package dev.vernier.harness.cli;

import dev.vernier.harness.files.OutputFolder;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that samples go into: a new or empty one, or one that holds samples of the very same
 * kind, which are continued. Whatever else is in a folder stays as it is.
 *
 * @param path need not exist
 */
record SampleFolder(Path path) {
  private static final String ASKED = "sampling.sha256";

  /**
   * Looks whether the folder may be written into; writes nothing.
   *
   * @throws UsageException if it is a file, or holds something else
   */
  void refuseOthers() throws IOException {
    boolean own = Files.exists(asked());
    new OutputFolder(path, "--out").refuseOthers(entry -> own);
  }

  private Path asked() {
    return path.resolve(ASKED);
  }

  /** A folder that this process has to itself until it is closed. */
  record Held(Path path, RunFolder.Lock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      lock.close();
    }
  }

  /**
   * Takes the folder.
   *
   * @param asked hash of all that decides the samples
   * @param resume whether samples that are there are to be continued
   * @throws UsageException if there are samples and they are not, or are others; or if another
   *     process has the folder
   */
  Held hold(String asked, boolean resume) throws IOException {
    RunFolder.Lock lock = new RunFolder(path).lock();
    try {
      admit(asked, resume);
      WholeFile.clear(path);
      return new Held(path, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void admit(String asked, boolean resume) throws IOException {
    if (!Files.exists(asked())) {
      ResultFiles.writeWhole(asked(), asked.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    boolean same = Files.readString(asked(), StandardCharsets.US_ASCII).equals(asked);
    if (!same) {
      throw new UsageException(
          path
              + " holds samples drawn from something else, by other code, with other settings, threads"
              + " or backend (VERNIER_THREADS, VERNIER_BACKEND): choose another --out");
    }
    if (!resume) {
      throw new UsageException(
          path
              + " holds samples already: add --resume to go on with them, or choose another --out");
    }
  }
}
