package dev.vernier.harness.decoding;

/** Samples of 1, 2, 4, 8 or 16 bits in packed rows, the first in the highest bits. */
final class Samples {
  private Samples() {}

  /** Bytes of a row of so many samples. */
  static int rowBytes(int samples, int bits) {
    return (int) (((long) samples * bits + 7) / 8);
  }

  /** One of the samples of a row, of 8 bits at most. */
  static int at(byte[] packed, int row, int index, int bits) {
    int bit = index * bits;
    int value = (packed[row + bit / 8] & 0xff) >> (8 - bits - bit % 8);
    return value & ((1 << bits) - 1);
  }

  /** A sample of 8 bits at most stretched to 0 to 255. */
  static int stretched(int value, int bits) {
    return value * (255 / ((1 << bits) - 1));
  }
}
