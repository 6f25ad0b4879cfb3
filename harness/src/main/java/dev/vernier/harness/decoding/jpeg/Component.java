package dev.vernier.harness.decoding.jpeg;

import java.util.Arrays;

/** One component of a frame: how it is sampled, and its coefficients as far as they are read. */
final class Component {
  /** Coefficients of a block. */
  static final int BLOCK = 64;

  final int id;

  /** Horizontal and vertical sampling factor. */
  final int across;

  final int down;
  final int quantizationTable;

  /** Samples a row and rows of samples. */
  final int width;

  final int height;

  /** Blocks a row and rows of blocks, as a scan of this component alone has them. */
  final int blocksAcross;

  final int blocksDown;

  /** Blocks a row as they are kept: whole units of a scan of all components. */
  final int stride;

  /** {@code [rows of blocks, stride, 64]}, each block row by row. */
  final short[] coefficients;

  /** By place in zigzag order: the lowest bits that are still unknown, -1 where all are. */
  final int[] unknownBits = new int[BLOCK];

  /** Divisors row by row, as they were when the first scan of this component began. */
  int[] divisors;

  HuffmanTable dc;
  HuffmanTable ac;
  int prediction;

  Component(int id, int across, int down, int quantizationTable, JpegFrame.Size size) {
    this.id = id;
    this.across = across;
    this.down = down;
    this.quantizationTable = quantizationTable;
    this.width = size.share(size.width(), across, size.mostAcross());
    this.height = size.share(size.height(), down, size.mostDown());
    this.blocksAcross = (width + 7) / 8;
    this.blocksDown = (height + 7) / 8;
    this.stride = size.unitsAcross() * across;
    this.coefficients = new short[Math.multiplyExact(size.unitsDown() * down * stride, BLOCK)];
    Arrays.fill(unknownBits, -1);
  }

  /** Where the coefficients of a block begin. */
  int block(int row, int column) {
    return (row * stride + column) * BLOCK;
  }
}
