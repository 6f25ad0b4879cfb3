package dev.vernier.harness.data;

import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The augmented training batches of a dataset, in {@link EpochOrder}: a batch is a function of the
 * seed and its step alone.
 */
public final class ImageBatches {
  private final ImageDataset dataset;
  private final int batchSize;
  private final EpochOrder order;

  /** Batches of so many images. */
  public ImageBatches(ImageDataset dataset, int batchSize, long seed) {
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.order = new EpochOrder(dataset.size(Split.TRAIN), seed);
  }

  /**
   * The batch of a step, counted from 0.
   *
   * @return float {@code [batchSize, 3, size, size]} in [-1, 1]; a new array that the caller closes
   */
  public INDArray at(long step) {
    List<LabelledImage> images = new ArrayList<>(batchSize);
    for (int i = 0; i < batchSize; i++) {
      long position = step * batchSize + i;
      images.add(dataset.augmented(order.item(position), order.augmentation(position)));
    }
    return Pixels.toArray(images);
  }
}
