package dev.vernier.spi;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model of images in training. */
public interface Training extends Resumable {
  /**
   * One optimization step.
   *
   * @param images {@code [batchSize, 3, height, width]} in [-1, 1], as many as {@link
   *     TrainingContext#batchSize()}; stays the caller's
   * @return the named losses of this step, at least one, before the update, in a stable order, such
   *     as that of a {@link java.util.LinkedHashMap}; the first is the one that was minimised
   */
  Map<String, Double> step(INDArray images);
}
