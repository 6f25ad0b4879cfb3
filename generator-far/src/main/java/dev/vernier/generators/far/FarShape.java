package dev.vernier.generators.far;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
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

  /** A name with a sub-codebook's number, counted from 1, where there are several. */
  String numbered(String name, int j) {
    return subTokens() == 1 ? name : name + "_" + (j + 1);
  }

  /**
   * Checks that tokens and labels are this model's.
   *
   * @param labels as many as grids; each a class, or the null class
   * @throws IllegalArgumentException if they are not
   */
  void check(Tokens tokens, int[] labels) {
    if (!tokens.subCodebooks().equals(codebooks)
        || tokens.height() != rows
        || tokens.width() != columns
        || tokens.batch() != labels.length) {
      throw new IllegalArgumentException(
          tokens
              + " of "
              + tokens.subCodebooks()
              + " with "
              + labels.length
              + " labels are not what a model of "
              + rows
              + " x "
              + columns
              + " positions and "
              + codebooks
              + " reads");
    }
    check(labels);
  }

  /** Checks that labels are classes, or the null class. */
  void check(int[] labels) {
    for (int label : labels) {
      if (label < 0 || label > nullClass()) {
        throw new IllegalArgumentException(
            "label " + label + " is none of " + classes + " classes");
      }
    }
  }

  /** The label of no class. */
  int nullClass() {
    return classes;
  }
}
