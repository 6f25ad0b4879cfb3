package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.UnusableImageException;
import java.util.Arrays;

/** A table of variable-length codes (RFC 9649, section 3.7.2.1). */
final class PrefixCode {
  private static final int LONGEST = 15;

  /** In what order the lengths of the codes for lengths are written. */
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** Number of codes of a length. */
  private final int[] counts = new int[LONGEST + 1];

  /** Symbols in the order of their codes. */
  private final int[] symbols;

  private PrefixCode(int[] lengths) throws UnusableImageException {
    int used = 0;
    for (int length : lengths) {
      counts[length]++;
      used += length > 0 ? 1 : 0;
    }
    counts[0] = 0;
    symbols = new int[used];
    int[] next = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      next[length + 1] = next[length] + counts[length];
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        symbols[next[lengths[symbol]]++] = symbol;
      }
    }
    int free = 1;
    for (int length = 1; length <= LONGEST; length++) {
      free = 2 * free - counts[length];
      if (free < 0) {
        throw WebPDecoder.damaged("an impossible table of codes");
      }
    }
    if (used == 0 || (free > 0 && used > 1)) {
      throw WebPDecoder.damaged("an impossible table of codes");
    }
  }

  /** Reads a table of codes for so many symbols. */
  static PrefixCode read(LosslessBits in, int size) throws UnusableImageException {
    int[] lengths = new int[size];
    if (in.flag()) {
      boolean two = in.flag();
      set(lengths, in.read(in.flag() ? 8 : 1));
      if (two) {
        set(lengths, in.read(8));
      }
      return new PrefixCode(lengths);
    }
    int[] ofLengths = new int[ORDER.length];
    int given = 4 + in.read(4);
    for (int i = 0; i < given; i++) {
      ofLengths[ORDER[i]] = in.read(3);
    }
    readLengths(in, new PrefixCode(ofLengths), lengths);
    return new PrefixCode(lengths);
  }

  private static void set(int[] lengths, int symbol) throws UnusableImageException {
    if (symbol >= lengths.length) {
      throw WebPDecoder.damaged("an impossible table of codes");
    }
    lengths[symbol] = 1;
  }

  private static void readLengths(LosslessBits in, PrefixCode code, int[] lengths)
      throws UnusableImageException {
    int left = in.flag() ? 2 + in.read(2 + 2 * in.read(3)) : lengths.length;
    int before = 8;
    int symbol = 0;
    while (symbol < lengths.length && left-- > 0) {
      int length = code.read(in);
      if (length < 16) {
        lengths[symbol++] = length;
        before = length == 0 ? before : length;
        continue;
      }
      int repeated =
          switch (length) {
            case 16 -> 3 + in.read(2);
            case 17 -> 3 + in.read(3);
            default -> 11 + in.read(7);
          };
      if (symbol + repeated > lengths.length) {
        throw WebPDecoder.damaged("an impossible table of codes");
      }
      Arrays.fill(lengths, symbol, symbol + repeated, length == 16 ? before : 0);
      symbol += repeated;
    }
  }

  /** Reads a symbol; where there is only one, no bits stand for it. */
  int read(LosslessBits in) throws UnusableImageException {
    if (symbols.length == 1) {
      return symbols[0];
    }
    int next = in.peek(LONGEST);
    int code = 0;
    int first = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= next & 1;
      next >>= 1;
      if (code - first < counts[length]) {
        in.skip(length);
        return symbols[place + code - first];
      }
      place += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw WebPDecoder.damaged("a code that is in no table");
  }
}
