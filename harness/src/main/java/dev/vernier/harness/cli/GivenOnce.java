package dev.vernier.harness.cli;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files and folders of a command, none of which may be another one, however it is spelled. */
final class GivenOnce {
  private GivenOnce() {}

  /**
   * Refuses one that is given twice.
   *
   * @param paths those that are not there are passed over: their reader says so
   * @throws UsageException if one is there twice
   */
  static void require(List<Path> paths) throws IOException {
    Map<Path, Path> known = new HashMap<>();
    for (Path path : paths) {
      Path earlier = Files.exists(path) ? known.putIfAbsent(path.toRealPath(), path) : null;
      if (earlier != null) {
        throw new UsageException(
            earlier.equals(path)
                ? path + " is given twice: name it once"
                : earlier + " and " + path + " are the same: name one of them");
      }
    }
  }
}
