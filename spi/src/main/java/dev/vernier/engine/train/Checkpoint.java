package dev.vernier.engine.train;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.FewNames;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of a training in one safetensors file: weights under their own names, moments and other
 * flat arrays under names that begin with a dot, and counters in its metadata. One file, so that it
 * is there whole or not at all.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /**
   * Writes a checkpoint.
   *
   * @param flat further arrays by name, such as the moments of an optimizer; flat
   * @param state counters and the like
   * @throws UsageException if a weight is NaN or infinite: nobody could read it back
   */
  public static void write(
      Path file, Parameters parameters, Map<String, INDArray> flat, Map<String, String> state)
      throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      INDArray value = parameters.get(name);
      tensors.put(
          name, new Safetensors.Tensor(value.shape(), () -> finite(name, Floats.all(value))));
    }
    flat.forEach(
        (name, array) ->
            tensors.put(
                "." + name,
                new Safetensors.Tensor(new long[] {array.length()}, () -> Floats.all(array))));
    Safetensors.write(file, tensors, state);
  }

  private static float[] finite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UsageException(
            "the training diverged in its last steps: weights of "
                + name
                + " are NaN or infinite; lower the learning rate");
      }
    }
    return values;
  }

  /**
   * Reads a checkpoint back into arrays that are there already.
   *
   * @return the counters
   * @throws UsageException if the file is damaged or belongs to another model
   */
  public static Map<String, String> read(
      Path file, Parameters parameters, Map<String, INDArray> flat) throws IOException {
    try (WeightFile weights = WeightFile.open(file)) {
      load(weights, file, parameters);
      for (Map.Entry<String, INDArray> each : flat.entrySet()) {
        fill(
            weights,
            file,
            "." + each.getKey(),
            each.getValue(),
            new long[] {each.getValue().length()});
      }
      return weights.metadata();
    }
  }

  /**
   * Reads the weights of a model alone; further arrays whose names begin with a dot are passed
   * over.
   *
   * @throws UsageException if an array is missing, left over or of another shape; the message names
   *     some of them
   */
  public static void load(WeightFile weights, Path file, Parameters parameters) throws IOException {
    Set<String> missing = new TreeSet<>(parameters.names());
    missing.removeAll(weights.names());
    Set<String> extra = new TreeSet<>(weights.names());
    extra.removeIf(name -> name.startsWith(".") || parameters.has(name));
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new UsageException(
          file
              + " does not fit the model: missing "
              + FewNames.of(missing)
              + ", left over "
              + FewNames.of(extra)
              + "; use the settings it was trained with");
    }
    for (String name : parameters.names()) {
      fill(weights, file, name, parameters.get(name), parameters.get(name).shape());
    }
  }

  private static void fill(
      WeightFile weights, Path file, String name, INDArray target, long[] shape)
      throws IOException {
    if (!Arrays.equals(weights.shape(name), shape)) {
      throw new UsageException(
          file
              + " has "
              + name
              + " of shape "
              + Arrays.toString(weights.shape(name))
              + ", the model needs "
              + Arrays.toString(shape)
              + "; use the settings it was trained with");
    }
    float[] values = weights.read(name);
    Floats.of(target).write(0, values, values.length);
  }
}
