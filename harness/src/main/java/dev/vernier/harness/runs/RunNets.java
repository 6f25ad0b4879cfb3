package dev.vernier.harness.runs;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.KeptNets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The dataset's own nets of a run, and the trunks that its tokenizers begin from: those that the
 * run's folder keeps, else those of the cache. A net's bits depend on the processor and the threads
 * that trained it, so a run keeps its own: who goes on with it or measures its weights elsewhere
 * has the same nets.
 */
final class RunNets implements KeptNets {
  private final Optional<Path> own;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<String, byte[]> opened = new LinkedHashMap<>();

  /**
   * Nets of a run.
   *
   * @param own the folder of a run's nets, which may not be there; empty where there is no run
   */
  RunNets(Optional<Path> own) {
    this.own = own;
  }

  @Override
  public synchronized Path file(String name) {
    asked.add(name);
    return file("features", name);
  }

  /** The file of a trunk, in the same way. */
  Path trunk(String name) {
    return file("trunks", name);
  }

  private Path file(String kind, String name) {
    Path cached = CacheFolder.path().resolve(kind).resolve(name);
    return own.map(each -> each.resolve(name)).filter(Files::exists).orElse(cached);
  }

  @Override
  public synchronized void opened(String name, byte[] content) {
    opened.put(name, content);
  }

  /**
   * Writes the nets that were opened into a run's folder, unless they are there; as its file has it
   * now a net of an extractor that does not say what it opened.
   */
  synchronized void keepIn(Path folder) throws IOException {
    for (String name : asked) {
      Path file = file("features", name);
      if (!opened.containsKey(name) && Files.exists(file)) {
        opened(name, Files.readAllBytes(file));
      }
    }
    for (Map.Entry<String, byte[]> each : opened.entrySet()) {
      Path kept = folder.resolve(each.getKey());
      if (!Files.exists(kept)) {
        ResultFiles.writeWhole(kept, each.getValue());
      }
    }
  }
}
