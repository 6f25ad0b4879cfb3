package dev.vernier.spi;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Integer code indices {@code [batch, k, height, width]} of k sub-codebooks, row-major. Immutable.
 */
public final class Tokens {
  private final int[] indices;
  private final int batch;
  private final List<SubCodebook> subCodebooks;
  private final int height;
  private final int width;

  /**
   * Copies the indices.
   *
   * @throws IllegalArgumentException if their number does not fit the shape or one lies outside its
   *     sub-codebook
   */
  public Tokens(int[] indices, int batch, List<SubCodebook> subCodebooks, int height, int width) {
    this.indices = indices.clone();
    this.batch = batch;
    this.subCodebooks = List.copyOf(subCodebooks);
    this.height = height;
    this.width = width;
    int k = subCodebooks.size();
    if (indices.length != batch * k * height * width) {
      throw new IllegalArgumentException(
          indices.length
              + " indices do not fill ["
              + batch
              + ", "
              + k
              + ", "
              + height
              + ", "
              + width
              + "]");
    }
    int area = height * width;
    for (int i = 0; i < indices.length; i++) {
      SubCodebook book = this.subCodebooks.get(i / area % k);
      if (indices[i] < 0 || indices[i] >= book.size()) {
        throw new IllegalArgumentException(
            "index " + indices[i] + " lies outside sub-codebook " + book);
      }
    }
  }

  /** Number of images. */
  public int batch() {
    return batch;
  }

  /** The sub-codebooks, in the order of the second dimension. */
  public List<SubCodebook> subCodebooks() {
    return subCodebooks;
  }

  /** Rows of the code grid. */
  public int height() {
    return height;
  }

  /** Columns of the code grid. */
  public int width() {
    return width;
  }

  /** The index of one position in one sub-codebook. */
  public int index(int image, int subCodebook, int row, int column) {
    return indices[((image * subCodebooks.size() + subCodebook) * height + row) * width + column];
  }

  /** A copy of all indices, row-major {@code [batch, k, height, width]}. */
  public int[] toArray() {
    return indices.clone();
  }

  /** Passes every index of one sub-codebook, image by image. */
  public void forEach(int subCodebook, IntConsumer consumer) {
    int area = height * width;
    for (int image = 0; image < batch; image++) {
      int start = (image * subCodebooks.size() + subCodebook) * area;
      for (int i = start; i < start + area; i++) {
        consumer.accept(indices[i]);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens tokens
        && tokens.batch == batch
        && tokens.height == height
        && tokens.width == width
        && tokens.subCodebooks.equals(subCodebooks)
        && Arrays.equals(tokens.indices, indices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(indices);
  }

  @Override
  public String toString() {
    return "Tokens[" + batch + ", " + subCodebooks.size() + ", " + height + ", " + width + "]";
  }
}
