package dev.vernier.quantize;

import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * First entries from the first batches, and restart of unused entries. Every random choice depends
 * on seed and step alone.
 */
final class VqUpkeep implements CodebookUpkeep {
  private final VqSettings settings;
  private final String embedding;
  private final VectorQuantizer.Quantized quantized;
  private final long seed;
  private final INDArray idleSteps;
  private final SeenEncodings seen = new SeenEncodings();

  /**
   * The care of a codebook.
   *
   * @param embedding name of its parameter
   */
  VqUpkeep(VqSettings settings, String embedding, VectorQuantizer.Quantized quantized, long seed) {
    this.settings = settings;
    this.embedding = embedding;
    this.quantized = quantized;
    this.seed = seed;
    this.idleSteps = Nd4j.create(DataType.FLOAT, settings.size());
  }

  @Override
  public int firstBatches() {
    return settings.fromData() ? SeenEncodings.BATCHES : 1;
  }

  @Override
  public void see(Execution execution) {
    if (settings.fromData()) {
      seen.add(execution.floats(quantized.encodings()));
    }
  }

  @Override
  public boolean begin(Execution execution, Parameters parameters) {
    if (!settings.fromData()) {
      return false;
    }
    float[] entries = FirstEntries.of(seen.take(), settings, new SplittableRandom(seed));
    Floats.of(parameters.get(embedding)).write(0, entries, entries.length);
    return true;
  }

  @Override
  public void afterStep(Execution execution, Parameters parameters, long step) {
    if (settings.restartAfter() == 0) {
      return;
    }
    float[] idle = Floats.all(idleSteps);
    for (int entry = 0; entry < idle.length; entry++) {
      idle[entry]++;
    }
    for (int used : execution.integers(quantized.indices())) {
      idle[used] = 0;
    }
    restart(execution, parameters, step, idle);
    Floats.of(idleSteps).write(0, idle, idle.length);
  }

  private void restart(Execution execution, Parameters parameters, long step, float[] idle) {
    float[] encodings = null;
    float[] entries = null;
    RandomGenerator random = new SplittableRandom(seed ^ (step * 0x9E3779B97F4A7C15L));
    for (int entry = 0; entry < idle.length; entry++) {
      if (idle[entry] >= settings.restartAfter()) {
        if (entries == null) {
          encodings = execution.floats(quantized.encodings());
          entries = Floats.all(parameters.get(embedding));
        }
        NearbyCopy.write(encodings, entries, entry, settings.dimension(), random);
        idle[entry] = 0;
      }
    }
    if (entries != null) {
      Floats.of(parameters.get(embedding)).write(0, entries, entries.length);
    }
  }

  @Override
  public Map<String, INDArray> state() {
    return Map.of("idle-steps", idleSteps);
  }

  @Override
  public void close() {
    idleSteps.close();
  }
}
