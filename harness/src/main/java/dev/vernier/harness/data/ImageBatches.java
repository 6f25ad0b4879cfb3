package dev.vernier.harness.data;

import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.RandomOrder;
import dev.vernier.spi.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The augmented training batches of a dataset: every epoch sees each image once in a new order. A
 * batch is a function of the seed and its step alone, so training can go on anywhere.
 */
public final class ImageBatches {
  private final ImageDataset dataset;
  private final int batchSize;
  private final long seed;
  private final int size;
  private long orderEpoch = -1;
  private int[] order = {};

  /** Batches of so many images. */
  public ImageBatches(ImageDataset dataset, int batchSize, long seed) {
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.seed = seed;
    this.size = dataset.size(Split.TRAIN);
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
      SplittableRandom random = stream(1, position);
      images.add(dataset.augmented(index(position), random));
    }
    return Pixels.toArray(images);
  }

  private int index(long position) {
    long epoch = position / size;
    if (epoch != orderEpoch) {
      order = RandomOrder.of(size, stream(2, epoch));
      orderEpoch = epoch;
    }
    return order[(int) (position % size)];
  }

  /** An independent stream of random numbers for each purpose and number. */
  private SplittableRandom stream(long purpose, long number) {
    long first = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * purpose).nextLong();
    return new SplittableRandom(new SplittableRandom(first ^ number).nextLong());
  }
}
