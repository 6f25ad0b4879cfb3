package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Running means and variances of a discriminator's normalized layers, momentum 0.1. */
public final class RunningStatistics implements AutoCloseable {
  private static final float MOMENTUM = 0.1f;
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  /** Means of 0 and variances of 1. */
  public RunningStatistics(PatchDiscriminator discriminator) {
    discriminator
        .normalized()
        .forEach(
            (name, width) -> {
              arrays.put(name + ".running_mean", Nd4j.zeros(DataType.FLOAT, width));
              arrays.put(name + ".running_var", Nd4j.ones(DataType.FLOAT, width));
            });
  }

  /** Takes up the statistics of a forward pass. */
  public void update(Execution execution, Map<String, SDVariable> statistics) {
    statistics.forEach(
        (name, variable) -> {
          float[] batch = execution.floats(variable);
          float[] running = Floats.all(arrays.get(name));
          for (int i = 0; i < running.length; i++) {
            running[i] = (1 - MOMENTUM) * running[i] + MOMENTUM * batch[i];
          }
          Floats.of(arrays.get(name)).write(0, running, running.length);
        });
  }

  /** The arrays by name; they stay this object's. */
  public Map<String, INDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  @Override
  public void close() {
    arrays.values().forEach(INDArray::close);
  }
}
