package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.Features;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A net that always computes batches of one size, the last one padded, so that an image's features
 * do not depend on the images beside it.
 *
 * @param execution of the net, whose input is {@code images}; stays the caller's
 * @param size images a batch
 * @param outputs pooled features, logits and spatial features
 */
public record PaddedBatches(Execution execution, int size, List<SDVariable> outputs) {
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
    for (int from = 0; from < count; from += size) {
      int present = Math.min(size, count - from);
      execution.set("images", blocks.block(from, present));
      execution.run();
      for (int i = 0; i < results.length; i++) {
        try (INDArray batch = execution.read(outputs.get(i))) {
          if (results[i] == null) {
            long[] shape = batch.shape().clone();
            shape[0] = count;
            results[i] = Nd4j.createUninitialized(DataType.FLOAT, shape);
          }
          int each = (int) (batch.length() / size);
          Floats.of(results[i]).write(from * each, Floats.all(batch), present * each);
        }
      }
    }
    return new Features(results[0], results[1], results[2]);
  }
}
