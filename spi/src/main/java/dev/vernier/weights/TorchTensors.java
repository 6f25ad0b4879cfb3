package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of an unpickled checkpoint by dotted name: {@code {"model": {"a.weight": ...}}} has
 * the array {@code model.a.weight}; in lists places count from 0.
 *
 * @param file where they come from, for messages
 */
record TorchTensors(Path file, Map<String, TensorUnpickler.TensorReference> byName) {
  /** Those of an unpickled object; what is neither tensor, dictionary nor list is passed over. */
  static TorchTensors of(Path file, Object unpickled) {
    Map<String, TensorUnpickler.TensorReference> tensors = new LinkedHashMap<>();
    new Collector(file, tensors).collect("", unpickled, 0);
    return new TorchTensors(file, tensors);
  }

  /** Goes through what a pickle made, which may hold itself, or the same many times over. */
  private static final class Collector {
    private static final int DEEPEST = 100;
    private static final int MOST = 10_000_000;

    private final Path file;
    private final Map<String, TensorUnpickler.TensorReference> tensors;
    private int seen;

    Collector(Path file, Map<String, TensorUnpickler.TensorReference> tensors) {
      this.file = file;
      this.tensors = tensors;
    }

    void collect(String prefix, Object value, int depth) {
      if (depth > DEEPEST || ++seen > MOST) {
        throw new UsageException(
            file
                + " nests more than weights need, or holds itself; it may be malicious. Save only"
                + " the state_dict");
      }
      if (value instanceof TensorUnpickler.TensorReference tensor) {
        tensors.put(prefix, tensor);
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, each) -> collect(joined(prefix, key), each, depth + 1));
      } else if (value instanceof Object[] tuple) {
        collect(prefix, Arrays.asList(tuple), depth + 1);
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          collect(joined(prefix, i), list.get(i), depth + 1);
        }
      }
    }
  }

  private static String joined(String prefix, Object key) {
    String name = key instanceof String || key instanceof Number ? key.toString() : "?";
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  long[] shape(String name) {
    return get(name).shape().clone();
  }

  /**
   * A tensor.
   *
   * @throws UsageException if there is none of this name
   */
  TensorUnpickler.TensorReference get(String name) {
    TensorUnpickler.TensorReference tensor = byName.get(name);
    if (tensor == null) {
      throw new UsageException(
          file + " has no array " + name + ": it is not the file that was asked for");
    }
    return tensor;
  }

  /**
   * How many bytes of its storage a tensor covers.
   *
   * @throws UsageException if there is none of this name, or they are too many to be read
   */
  int bytes(String name) {
    long bytes = get(name).bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new UsageException(
          file
              + ": the values of "
              + name
              + " reach over "
              + bytes
              + " bytes, and 2 GiB are all that can be read: save a contiguous copy of it if it is a"
              + " view");
    }
    return (int) bytes;
  }
}
