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
    collect("", unpickled, tensors);
    return new TorchTensors(file, tensors);
  }

  private static void collect(
      String prefix, Object value, Map<String, TensorUnpickler.TensorReference> tensors) {
    if (value instanceof TensorUnpickler.TensorReference tensor) {
      tensors.put(prefix, tensor);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> collect(joined(prefix, key), each, tensors));
    } else if (value instanceof Object[] tuple) {
      collect(prefix, Arrays.asList(tuple), tensors);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(joined(prefix, i), list.get(i), tensors);
      }
    }
  }

  private static String joined(String prefix, Object key) {
    return prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
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
}
