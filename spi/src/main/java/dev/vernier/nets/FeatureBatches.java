package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.Features;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The features that a net gives images, batch by batch.
 *
 * @param execution of the net, whose input is {@code images}; stays the caller's
 * @param batches of the net's size
 * @param outputs pooled features, logits and spatial features
 */
public record FeatureBatches(Execution execution, PaddedBatches batches, List<SDVariable> outputs) {
  /** The pixels of a batch as the net sees them. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * A batch of full size, zeros where there are no more images.
     *
     * @param from the first image
     * @param present images from there on
     */
    float[] block(int from, int present);
  }

  /** The features of so many images; the caller closes them. */
  public Features extract(int count, Blocks blocks) {
    INDArray[] results = new INDArray[outputs.size()];
    batches.forEach(
        count,
        (from, present) -> {
          execution.set("images", blocks.block(from, present));
          execution.run();
          for (int i = 0; i < results.length; i++) {
            results[i] = collect(outputs.get(i), results[i], count, from, present);
          }
        });
    return new Features(results[0], results[1], results[2]);
  }

  private INDArray collect(SDVariable output, INDArray result, int count, int from, int present) {
    try (INDArray batch = execution.read(output)) {
      INDArray target = result == null ? sized(batch.shape(), count) : result;
      int each = (int) (batch.length() / batches.size());
      Floats.of(target).write(from * each, Floats.all(batch), present * each);
      return target;
    }
  }

  private static INDArray sized(long[] shape, int count) {
    long[] all = shape.clone();
    all[0] = count;
    return Nd4j.createUninitialized(DataType.FLOAT, all);
  }
}
