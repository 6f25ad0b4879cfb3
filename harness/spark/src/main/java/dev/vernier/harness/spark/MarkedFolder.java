package dev.vernier.harness.spark;

import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.harness.spark.task.WorkerSetup;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A folder with a file in it, until this is closed, by which other machines tell it from one that
 * only has its path.
 *
 * @param path absolute
 * @param seen whether every executor sees it
 */
record MarkedFolder(Path path, boolean seen) implements AutoCloseable {
  /** Marks a folder, which is made where there is none, and asks all executors for it. */
  static MarkedFolder of(Path folder, String session, SparkCluster cluster) throws IOException {
    Path path = folder.toAbsolutePath();
    Path mark = path.resolve(WorkerSetup.MARK);
    ResultFiles.writeWhole(mark, session.getBytes(StandardCharsets.UTF_8));
    try {
      return new MarkedFolder(path, !cluster.options().ship() && isSeen(path, session, cluster));
    } catch (RuntimeException e) {
      Files.delete(mark);
      throw e;
    }
  }

  private static boolean isSeen(Path path, String session, SparkCluster cluster) {
    WorkerSetup asked = cluster.setup(path.toString(), session, Map.of());
    return cluster.machines(asked, new FileSet(), false).stream()
        .allMatch(each -> each.report().sees());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve(WorkerSetup.MARK));
  }
}
