package dev.vernier.engine;

/**
 * Batches of one fixed size over any number of images, the last one padded with zeros: a program
 * always computes the same shapes, so what it computes of an image does not depend on the images
 * beside it.
 *
 * @param size images a batch
 */
public record PaddedBatches(int size) {
  /** The work on one batch. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @param from the first image
     * @param present images from there on, at most the batch's size
     */
    void run(int from, int present);
  }

  /** Works on so many images in their order. */
  public void forEach(int count, Work work) {
    for (int from = 0; from < count; from += size) {
      work.run(from, Math.min(size, count - from));
    }
  }

  /**
   * A batch of full size, zeros where there are no more images.
   *
   * @param values those of all images
   * @param each values an image
   */
  public float[] padded(float[] values, int each, int from, int present) {
    float[] batch = new float[size * each];
    System.arraycopy(values, from * each, batch, 0, present * each);
    return batch;
  }
}
