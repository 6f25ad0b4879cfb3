package dev.vernier.generators.far;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A weight file of this module, or a published checkpoint of FAR or of LlamaGen's class-conditional
 * models: their arrays have the same names, below {@code model} or {@code module} where the file
 * nests them.
 */
final class FarFile implements WeightFile {
  private static final String CLASSES = "cls_embedding.embedding_table.weight";
  private static final List<String> PREFIXES =
      List.of("", "model.", "module.", "model.module.", "ema.", "state_dict.");

  /** Side of the grid of published models: 256 pixels downsampled by 16. */
  private static final String PUBLISHED_SIDE = "16";

  private final WeightFile file;
  private final Map<String, String> names = new LinkedHashMap<>();

  private FarFile(WeightFile file, String prefix) {
    this.file = file;
    for (String name : file.names()) {
      if (name.startsWith(prefix)) {
        names.put(name.substring(prefix.length()), name);
      }
    }
    // A table that is computed, saved by some releases.
    names.remove("freqs_cis");
  }

  /**
   * Opens a file.
   *
   * @throws UsageException if it holds no such model
   */
  static FarFile open(Path path) throws IOException {
    WeightFile file = WeightFile.open(path);
    for (String prefix : PREFIXES) {
      if (file.names().contains(prefix + CLASSES)) {
        return new FarFile(file, prefix);
      }
    }
    file.close();
    throw new UsageException(
        path + " is no class-conditional FAR or LlamaGen model: it has no array " + CLASSES);
  }

  /**
   * The sizes of the model: those of codebooks and classes as its arrays show them, the grid as the
   * file says, the others as settings do.
   */
  static FarShape shape(FarFile file, Path path, FarSettings settings) {
    Map<String, String> about = file.metadata();
    return settings.shape(
        file.codebooks(path),
        Integer.parseInt(about.getOrDefault("rows", PUBLISHED_SIDE)),
        Integer.parseInt(about.getOrDefault("columns", PUBLISHED_SIDE)),
        (int) file.shape(CLASSES)[0] - 1);
  }

  private List<SubCodebook> codebooks(Path path) {
    List<SubCodebook> found = new ArrayList<>();
    if (metadata().containsKey("codebooks")) {
      for (String each : metadata().get("codebooks").split(",", -1)) {
        int colon = each.lastIndexOf(':');
        found.add(
            new SubCodebook(each.substring(0, colon), Integer.parseInt(each.substring(colon + 1))));
      }
      return found;
    }
    if (names.containsKey("tok_embeddings.weight")) {
      return List.of(new SubCodebook("code", (int) shape("tok_embeddings.weight")[0]));
    }
    for (int j = 1; names.containsKey(embeddings(j)); j++) {
      found.add(new SubCodebook("code-" + j, (int) shape(embeddings(j))[0]));
    }
    if (found.isEmpty()) {
      throw new UsageException(
          path + " has no array tok_embeddings.weight: name a file of weights");
    }
    // Published FAR draws the visual sub-token first.
    return found.size() == 2
        ? List.of(
            new SubCodebook("visual", found.get(0).size()),
            new SubCodebook("semantic", found.get(1).size()))
        : found;
  }

  private static String embeddings(int j) {
    return "tok_embeddings_" + j + ".weight";
  }

  @Override
  public Set<String> names() {
    return names.keySet();
  }

  @Override
  public long[] shape(String name) {
    return file.shape(names.getOrDefault(name, name));
  }

  @Override
  public float[] read(String name) throws IOException {
    return file.read(names.getOrDefault(name, name));
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
