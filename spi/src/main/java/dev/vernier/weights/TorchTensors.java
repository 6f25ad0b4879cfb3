package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of an unpickled checkpoint by dotted name: {@code {"model": {"a.weight": ...}}} has
 * the array {@code model.a.weight}.
 *
 * @param file where they come from, for messages
 */
record TorchTensors(Path file, Map<String, TensorUnpickler.TensorReference> byName) {
  /** Those of an unpickled object; what is neither tensor nor dictionary is passed over. */
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
      map.forEach(
          (key, each) ->
              collect(prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key, each, tensors));
    }
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
