package dev.vernier.quantize;

import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
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
  private final FirstEntries first;

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
    this.first = new FirstEntries(settings);
  }

  @Override
  public boolean wantsMore() {
    return settings.fromData() && first.wantsMore();
  }

  @Override
  public List<SDVariable> seen() {
    return List.of(quantized.encodings());
  }

  @Override
  public void see(Execution execution) {
    if (settings.fromData()) {
      first.see(execution.floats(quantized.encodings()));
    }
  }

  @Override
  public boolean begin(Execution execution, Parameters parameters) {
    if (!settings.fromData()) {
      return false;
    }
    float[] entries = first.take(new SplittableRandom(seed));
    Floats.of(parameters.get(embedding)).write(0, entries, entries.length);
    return true;
  }

  @Override
  public void afterStep(Execution execution, Optimization optimization) {
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
    int[] unused =
        IntStream.range(0, idle.length)
            .filter(entry -> idle[entry] >= settings.restartAfter())
            .toArray();
    if (unused.length > 0) {
      optimization.replaceRows(embedding, unused, restarted(execution, optimization, unused));
    }
    for (int entry : unused) {
      idle[entry] = 0;
    }
    Floats.of(idleSteps).write(0, idle, idle.length);
  }

  /** As many entries near encodings of the present batch, {@code [unused, d]}. */
  private float[] restarted(Execution execution, Optimization optimization, int[] unused) {
    int dimension = settings.dimension();
    float[] encodings = execution.floats(quantized.encodings());
    float[] entries = new float[unused.length * dimension];
    RandomGenerator random = RandomStream.of(seed, optimization.steps());
    for (int i = 0; i < unused.length; i++) {
      NearbyCopy.write(encodings, entries, i, dimension, random);
    }
    if (settings.l2Norm()) {
      UnitRows.normalize(entries, dimension);
    }
    return entries;
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
