package dev.vernier.harness.codes;

import dev.vernier.harness.data.EpochOrder;
import dev.vernier.spi.Tokens;
import java.util.SplittableRandom;

/**
 * The training batches of a generator, in {@link EpochOrder}, of every image a view by chance: a
 * batch is a function of the seed and its step alone.
 */
public final class CodeBatches {
  private final Codes codes;
  private final int batchSize;
  private final EpochOrder order;

  /** Batches of so many images. */
  public CodeBatches(Codes codes, int batchSize, long seed) {
    this.codes = codes;
    this.batchSize = batchSize;
    this.order = new EpochOrder(codes.source().images(), seed);
  }

  /**
   * A batch.
   *
   * @param labels 0 where a dataset has no classes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Batch(Tokens tokens, int[] labels) {}

  /** The batch of a step, counted from 0. */
  public Batch at(long step) {
    int[] images = new int[batchSize];
    int[] views = new int[batchSize];
    int[] labels = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long position = step * batchSize + i;
      images[i] = order.item(position);
      views[i] = view(order.augmentation(position));
      labels[i] = Math.max(0, codes.label(images[i]));
    }
    return new Batch(codes.tokens(images, views), labels);
  }

  /** Mirrored or not, then one of the crops. */
  private int view(SplittableRandom random) {
    int crops = codes.source().views() / 2;
    return (random.nextBoolean() ? crops : 0) + random.nextInt(crops);
  }
}
