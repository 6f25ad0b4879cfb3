package dev.vernier.harness.codes;

import dev.vernier.harness.data.TenCrop;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.util.List;

/**
 * What codes are made from, and so what they are.
 *
 * @param weights hash of the tokenizer's weights
 * @param code hash of the code that encodes
 * @param dataset hash of the dataset
 * @param split of the dataset, in lower case
 * @param images how many there are
 * @param subCodebooks the tokenizer's
 * @param rows of the code grid
 * @param columns of the code grid
 * @param tenCrop whether there are codes of ten crops of each image, not of the image itself and
 *     its mirror image
 */
public record CodeSource(
    String weights,
    String code,
    String dataset,
    String split,
    int images,
    List<SubCodebook> subCodebooks,
    int rows,
    int columns,
    boolean tenCrop) {
  /** Copies the list. */
  public CodeSource {
    subCodebooks = List.copyOf(subCodebooks);
  }

  static CodeSource of(
      TokenizerSpec tokenizer,
      String weights,
      String code,
      String dataset,
      String split,
      int images,
      boolean tenCrop) {
    return new CodeSource(
        weights,
        code,
        dataset,
        split,
        images,
        tokenizer.subCodebooks(),
        tokenizer.gridHeight(),
        tokenizer.gridWidth(),
        tenCrop);
  }

  /** How many views there are of an image, of which the second half are mirror images. */
  public int views() {
    return tenCrop ? TenCrop.COUNT : 2;
  }

  /** Indices of one view of one image. */
  int indices() {
    return subCodebooks.size() * rows * columns;
  }

  /** Bytes of one image: its label, then its views, all as little-endian 32-bit integers. */
  int bytes() {
    return Integer.BYTES * (1 + views() * indices());
  }
}
