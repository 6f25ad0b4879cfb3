package dev.vernier.harness.decoding.jpeg;

import dev.vernier.harness.images.UnusableImageException;

/**
 * A table of variable-length codes (ITU-T T.81, annex C), and how they are read (annex F.2.2.3).
 */
final class HuffmanTable {
  private static final int LONGEST = 16;

  /** Codes up to this length are found in one step. */
  private static final int SHORT = 9;

  /** By the next bits of the stream: length and value of a short code, else 0. */
  private final short[] shortCodes = new short[1 << SHORT];

  /** By length: the largest code, or -1. */
  private final int[] largest = new int[LONGEST + 1];

  /** By length: what added to a code gives the place of its value. */
  private final int[] place = new int[LONGEST + 1];

  private final byte[] values;

  /**
   * A table.
   *
   * @param counts number of codes of each length from 1 to 16
   * @param values what they stand for, in the order of the codes
   */
  HuffmanTable(int[] counts, byte[] values) throws UnusableImageException {
    this.values = values.clone();
    int code = 0;
    int at = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int count = counts[length - 1];
      if (code + count > (1 << length)) {
        throw JpegDecoder.damaged("an impossible Huffman table");
      }
      place[length] = at - code;
      largest[length] = count == 0 ? -1 : code + count - 1;
      for (int i = 0; i < count && length <= SHORT; i++) {
        int first = (code + i) << (SHORT - length);
        short entry = (short) (length << Byte.SIZE | (values[at + i] & 0xff));
        for (int j = 0; j < 1 << (SHORT - length); j++) {
          shortCodes[first + j] = entry;
        }
      }
      at += count;
      code = (code + count) << 1;
    }
  }

  /** Reads a code; what it stands for, 0 to 255. */
  int read(EntropyBits in) throws UnusableImageException {
    int next = in.peek(LONGEST);
    int entry = shortCodes[next >>> (LONGEST - SHORT)];
    if (entry != 0) {
      in.skip(entry >> Byte.SIZE);
      return entry & 0xff;
    }
    for (int length = SHORT + 1; length <= LONGEST; length++) {
      int code = next >>> (LONGEST - length);
      if (code <= largest[length]) {
        in.skip(length);
        return values[place[length] + code] & 0xff;
      }
    }
    throw JpegDecoder.damaged("a code that is in no table");
  }
}
