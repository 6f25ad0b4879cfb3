package dev.vernier.tokenizers.vq;

import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kept feature codebook. The file says what it was made from and the digest of its values, and is
 * believed only where all of that is right.
 *
 * @param folder where it is kept
 * @param dataset hash of the dataset
 * @param model the vision model
 * @param size entries
 * @param seed of the clustering
 */
record CodebookFile(Path folder, String dataset, FeatureSpec model, int size, long seed) {
  /** Grows whenever the clustering changes, so that old files are not mistaken for new ones. */
  private static final int VERSION = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CodebookFile.class);
  private static final String ENTRIES = "codebook";
  private static final String DIGEST = "sha256";
  private static final int HASH_LENGTH = 16;
  private static final int CHUNK = 1 << 14;

  private Path path() {
    return folder.resolve(
        "%s-%s-%s-%d-seed%d-v%d.safetensors"
            .formatted(
                shortened(dataset), model.name(), shortened(model.hash()), size, seed, VERSION));
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(hash.length(), HASH_LENGTH));
  }

  /** The entries, {@code [K, D]}; empty where there is no file or it is not to be believed. */
  Optional<float[]> read() throws IOException {
    if (!Files.exists(path())) {
      return Optional.empty();
    }
    try (WeightFile file = WeightFile.open(path())) {
      if (Arrays.equals(file.shape(ENTRIES), new long[] {size, model.spatialDimension()})) {
        float[] entries = file.read(ENTRIES);
        if (file.metadata().equals(description(entries))) {
          return Optional.of(entries);
        }
      }
      LOG.warn("{} is not what it should be and is made again", path());
    } catch (UsageException e) {
      LOG.warn("{}; it is made again", e.getMessage());
    }
    return Optional.empty();
  }

  /** Writes the entries; the file appears whole, whoever else writes it at the same time. */
  void write(float[] entries) throws IOException {
    Files.createDirectories(folder);
    Safetensors.write(
        path(),
        Map.of(
            ENTRIES, new Safetensors.Tensor(new long[] {size, model.spatialDimension()}, entries)),
        description(entries));
  }

  private Map<String, String> description(float[] entries) {
    return Map.of(
        "dataset", dataset, "model", model.name() + " " + model.hash(), DIGEST, digest(entries));
  }

  private static String digest(float[] entries) {
    Sha256 digest = new Sha256();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK);
    for (int from = 0; from < entries.length; from += CHUNK) {
      bytes.clear();
      int count = Math.min(CHUNK, entries.length - from);
      bytes.asFloatBuffer().put(entries, from, count);
      digest.add(bytes.limit(Float.BYTES * count));
    }
    return digest.hexadecimal();
  }
}
