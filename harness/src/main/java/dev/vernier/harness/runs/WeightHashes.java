package dev.vernier.harness.runs;

import dev.vernier.harness.hashing.FolderHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes of weights that cells stand on, each computed once however many do: a run writes none that
 * one of its cells has stood on already.
 */
final class WeightHashes {
  private final Map<Path, String> known = new ConcurrentHashMap<>();

  /** The hash of a folder or a file of weights, as {@link FolderHash#of} has it. */
  String of(Path weights) throws IOException {
    String hash = known.get(weights);
    if (hash == null) {
      hash = FolderHash.of(weights);
      known.put(weights, hash);
    }
    return hash;
  }
}
