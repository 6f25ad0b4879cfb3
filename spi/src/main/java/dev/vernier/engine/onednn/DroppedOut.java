package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.Dropout;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dropout; its gradient drops the same numbers. */
final class DroppedOut {
  private static final int CHUNK = 8192;

  private DroppedOut() {}

  /** What stays of an array under a seed. */
  static Kernel of(Dropout operation, INDArray from, INDArray seed, INDArray to) {
    Floats source = Floats.of(from);
    Floats target = Floats.of(to);
    int[] read = new int[1];
    ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[CHUNK]);
    return () -> {
      Integers.read(seed, read);
      Parallel.forEach(
          (source.length() + CHUNK - 1) / CHUNK,
          chunk -> {
            float[] numbers = scratch.get();
            int start = chunk * CHUNK;
            int count = Math.min(CHUNK, source.length() - start);
            source.read(start, numbers, count);
            drop(operation, operation.origin() + start, read[0], numbers, count);
            target.write(start, numbers, count);
          });
    };
  }

  private static void drop(Dropout operation, int place, int seed, float[] numbers, int count) {
    int threshold = operation.threshold();
    float gain = operation.gain();
    for (int i = 0; i < count; i++) {
      numbers[i] = Dropout.hash(place + i, seed) >= threshold ? numbers[i] * gain : 0;
    }
  }
}
