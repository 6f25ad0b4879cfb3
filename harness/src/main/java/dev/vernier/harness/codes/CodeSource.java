package dev.vernier.harness.codes;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.util.List;

/**
 * What codes are made from, and so what they are.
 *
 * @param weights hash of the tokenizer's weights
 * @param dataset hash of the dataset
 * @param split of the dataset, in lower case
 * @param images how many there are
 * @param subCodebooks the tokenizer's
 * @param rows of the code grid
 * @param columns of the code grid
 */
public record CodeSource(
    String weights,
    String dataset,
    String split,
    int images,
    List<SubCodebook> subCodebooks,
    int rows,
    int columns) {
  /** An image and its mirror image. */
  public static final int VIEWS = 2;

  /** Copies the list. */
  public CodeSource {
    subCodebooks = List.copyOf(subCodebooks);
  }

  static CodeSource of(
      TokenizerSpec tokenizer, String weights, String dataset, String split, int images) {
    return new CodeSource(
        weights,
        dataset,
        split,
        images,
        tokenizer.subCodebooks(),
        tokenizer.gridHeight(),
        tokenizer.gridWidth());
  }

  /** Indices of one view of one image. */
  int indices() {
    return subCodebooks.size() * rows * columns;
  }

  /** Bytes of one image: its label, then its views, all as little-endian 32-bit integers. */
  int bytes() {
    return Integer.BYTES * (1 + VIEWS * indices());
  }
}
