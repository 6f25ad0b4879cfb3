package dev.vernier.harness.decoding.webp;

/**
 * Reads yes and no of given probabilities (RFC 6386, section 7). Behind the end there are zeros,
 * and it says that they were asked.
 */
final class BoolDecoder {
  private final byte[] bytes;
  private final int end;
  private int at;
  private long value;

  /** Bits of {@link #value} below the eight that are compared. */
  private int spare = -Byte.SIZE;

  private int range = 255;

  /** Zeros behind the end that {@link #value} has taken in, in bits. */
  private int missing;

  private boolean ended;

  BoolDecoder(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** One decision; of 256 so many are no. */
  boolean flag(int probability) {
    if (spare < 0) {
      fetch();
    }
    ended |= spare < missing;
    int split = 1 + (((range - 1) * probability) >> 8);
    long bound = (long) split << spare;
    boolean yes = value >= bound;
    if (yes) {
      value -= bound;
      range -= split;
    } else {
      range = split;
    }
    int shift = Integer.numberOfLeadingZeros(range) - (Integer.SIZE - Byte.SIZE);
    range <<= shift;
    spare -= shift;
    return yes;
  }

  /** As {@link #flag}, as a number. */
  int bit(int probability) {
    return flag(probability) ? 1 : 0;
  }

  boolean flag() {
    return flag(128);
  }

  /** An unsigned number. */
  int number(int bits) {
    int number = 0;
    for (int i = 0; i < bits; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** A number with its sign behind it. */
  int signed(int bits) {
    int number = number(bits);
    return flag() ? -number : number;
  }

  /** Such a number where a flag says that there is one, else 0. */
  int optional(int bits) {
    return flag() ? signed(bits) : 0;
  }

  /** Whether a decision was asked of more bytes than there are. */
  boolean ended() {
    return ended;
  }

  private void fetch() {
    while (spare < 40) {
      value <<= Byte.SIZE;
      if (at < end) {
        value |= bytes[at++] & 0xff;
      } else {
        missing += Byte.SIZE;
      }
      spare += Byte.SIZE;
    }
  }
}
