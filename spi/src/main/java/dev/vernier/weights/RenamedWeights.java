package dev.vernier.weights;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * A weight file whose arrays are called otherwise; one that has no other name is found under its
 * own.
 */
public interface RenamedWeights extends WeightFile {
  /** The file itself; closed with this. */
  WeightFile original();

  /** The file's own name of each array that is listed, by its other name. */
  Map<String, String> originalNames();

  @Override
  default Set<String> names() {
    return originalNames().keySet();
  }

  @Override
  default long[] shape(String name) {
    return original().shape(originalNames().getOrDefault(name, name));
  }

  @Override
  default float[] read(String name) throws IOException {
    return original().read(originalNames().getOrDefault(name, name));
  }

  @Override
  default Map<String, String> metadata() {
    return original().metadata();
  }

  @Override
  default void close() throws IOException {
    original().close();
  }
}
