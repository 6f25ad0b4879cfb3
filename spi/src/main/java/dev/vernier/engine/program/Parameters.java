package dev.vernier.engine.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a model: the trained ones all in one flat float array, their gradients in
 * another of the same layout, and those that are never trained in arrays of their own. Owns them
 * all; the arrays it hands out are views, not to be closed. Several executions may share it.
 */
public final class Parameters implements AutoCloseable {
  private final INDArray values;
  private final Map<String, INDArray> valueViews = new LinkedHashMap<>();
  private final Map<String, INDArray> gradientViews = new LinkedHashMap<>();
  private INDArray gradients;
  private final Map<String, INDArray> fixed = new LinkedHashMap<>();

  private Parameters(Map<String, Graph.Parameter> definitions) {
    long count =
        definitions.values().stream()
            .filter(Graph.Parameter::trained)
            .mapToLong(Graph.Parameter::length)
            .sum();
    values = Nd4j.create(DataType.FLOAT, count);
    long offset = 0;
    for (Map.Entry<String, Graph.Parameter> each : definitions.entrySet()) {
      if (!each.getValue().trained()) {
        INDArray own = Nd4j.create(DataType.FLOAT, each.getValue().shape());
        fixed.put(each.getKey(), own);
        valueViews.put(each.getKey(), own);
        continue;
      }
      long end = offset + each.getValue().length();
      valueViews.put(each.getKey(), view(values, offset, end, each.getValue().shape()));
      offset = end;
    }
  }

  private static INDArray view(INDArray flat, long start, long end, long[] shape) {
    return flat.get(NDArrayIndex.interval(start, end)).reshape('c', shape);
  }

  /**
   * The parameters of a graph with their first values, each from a random stream of its own (seed
   * and name).
   */
  public static Parameters initialize(Graph graph, long seed) {
    return initialize(List.of(graph), seed);
  }

  /** The same for several graphs that share parameters by name. */
  public static Parameters initialize(List<Graph> graphs, long seed) {
    Map<String, Graph.Parameter> definitions = new LinkedHashMap<>();
    for (Graph graph : graphs) {
      graph
          .parameters()
          .forEach(
              (name, parameter) ->
                  definitions
                      .computeIfAbsent(name, first -> parameter)
                      .requireShape(name, parameter.shape()));
    }
    Parameters parameters = new Parameters(definitions);
    try {
      definitions.forEach((name, definition) -> parameters.fill(name, definition, seed));
      return parameters;
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  private void fill(String name, Graph.Parameter definition, long seed) {
    float[] first = new float[Math.toIntExact(definition.length())];
    long stream = new SplittableRandom(seed ^ ((long) name.hashCode() << 32)).nextLong();
    definition.initializer().fill(first, new Random(stream));
    try (INDArray array = Nd4j.createFromArray(first)) {
      get(name).assign(array.reshape(definition.shape()));
    }
  }

  /** All names in order of definition, which is that of the flat arrays. */
  public List<String> names() {
    return List.copyOf(valueViews.keySet());
  }

  /** Number of trained values. */
  public long count() {
    return values.length();
  }

  /** Whether there is a parameter of this name. */
  public boolean has(String name) {
    return valueViews.containsKey(name);
  }

  /** Whether a parameter is trained, so that it has a gradient. */
  public boolean isTrained(String name) {
    return valueViews.containsKey(name) && !fixed.containsKey(name);
  }

  /**
   * The values of a parameter.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public INDArray get(String name) {
    return known(valueViews, name);
  }

  /** The gradient of a trained parameter as the last training run computed it. */
  public INDArray gradient(String name) {
    gradients();
    return known(gradientViews, name);
  }

  private static INDArray known(Map<String, INDArray> views, String name) {
    INDArray view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("there is no parameter " + name);
    }
    return view;
  }

  /**
   * The part of another flat array of the same layout that belongs to a parameter; a view. For a
   * parameter that is never trained its values, which are the same everywhere.
   */
  public INDArray view(INDArray flat, String name) {
    INDArray value = get(name);
    if (fixed.containsKey(name)) {
      return value;
    }
    long start = value.offset();
    return view(flat, start, start + value.length(), value.shape());
  }

  /** All trained values, flat {@code [count]}. */
  public INDArray values() {
    return values;
  }

  /** All gradients, flat {@code [count]}. */
  public INDArray gradients() {
    if (gradients == null) {
      gradients = Nd4j.create(DataType.FLOAT, count());
      valueViews.forEach(
          (name, value) -> {
            if (!fixed.containsKey(name)) {
              gradientViews.put(name, view(gradients, name));
            }
          });
    }
    return gradients;
  }

  @Override
  public void close() {
    values.close();
    if (gradients != null) {
      gradients.close();
    }
    fixed.values().forEach(INDArray::close);
  }
}
