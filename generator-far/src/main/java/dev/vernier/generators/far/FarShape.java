package dev.vernier.generators.far;

import dev.vernier.spi.SubCodebook;
import java.util.List;

/**
 * The sizes of a FAR transformer.
 *
 * @param codebooks the sub-codebooks of its tokens, in the order in which they are drawn
 * @param rows of the code grid
 * @param columns of the code grid
 * @param classes it is conditioned on; guidance adds one more, the null class
 * @param width channels w of a position
 * @param layers blocks of the trunk
 * @param heads attention heads; the channels of each divide by 4
 * @param headLayers blocks of a factorized head
 * @param hiddenMultiple the hidden width of a block is rounded up to a multiple of this
 * @param zeroClassRow whether the rotary table's row of the class token is zero, as in published
 *     FAR and LlamaGen: its queries and keys then vanish; else it is not rotated
 */
record FarShape(
    List<SubCodebook> codebooks,
    int rows,
    int columns,
    int classes,
    int width,
    int layers,
    int heads,
    int headLayers,
    int hiddenMultiple,
    boolean zeroClassRow) {
  /** Copies the list and checks that rows and columns can rotate half of a head's pairs each. */
  FarShape {
    codebooks = List.copyOf(codebooks);
    if (width % heads != 0 || width / heads % 4 != 0) {
      throw new IllegalArgumentException(
          width + " channels do not divide into " + heads + " heads of a multiple of 4 channels");
    }
  }

  /** Positions n of a grid. */
  int positions() {
    return rows * columns;
  }

  /** Sub-tokens k of a position. */
  int subTokens() {
    return codebooks.size();
  }

  /** Channels of a head. */
  int headWidth() {
    return width / heads;
  }

  /** Hidden width of a block: two thirds of four times the width, rounded up. */
  int hidden() {
    int exact = 8 * width / 3;
    return (exact + hiddenMultiple - 1) / hiddenMultiple * hiddenMultiple;
  }

  /** The label of no class. */
  int nullClass() {
    return classes;
  }
}
