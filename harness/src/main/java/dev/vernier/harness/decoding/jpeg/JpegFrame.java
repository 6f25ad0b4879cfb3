package dev.vernier.harness.decoding.jpeg;

import java.util.List;

/**
 * The picture that the scans of a file make up.
 *
 * @param progressive whether scans refine each other
 * @param components in the order of the file
 */
record JpegFrame(Size size, boolean progressive, List<Component> components) {
  /**
   * Its size.
   *
   * @param width in samples of the finest component
   * @param height likewise
   * @param mostAcross the largest horizontal sampling factor
   * @param mostDown the largest vertical sampling factor
   */
  record Size(int width, int height, int mostAcross, int mostDown) {
    /** Units of a scan of all components, in a row. */
    int unitsAcross() {
      return share(width, 1, 8 * mostAcross);
    }

    /** Rows of such units. */
    int unitsDown() {
      return share(height, 1, 8 * mostDown);
    }

    /** A length in samples of a factor, rounded up. */
    int share(int length, int factor, int most) {
      return (int) (((long) length * factor + most - 1) / most);
    }
  }

  int width() {
    return size.width();
  }

  int height() {
    return size.height();
  }
}
