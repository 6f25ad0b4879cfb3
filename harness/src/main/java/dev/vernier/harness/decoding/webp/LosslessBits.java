package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.UnusableImageException;

/** Bits of a stream, the lowest of every byte first. */
final class LosslessBits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private long fetched;
  private int count;

  LosslessBits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Reads a number of 24 bits at most. */
  int read(int bits) throws UnusableImageException {
    int value = peek(bits);
    skip(bits);
    return value;
  }

  boolean flag() throws UnusableImageException {
    return read(1) == 1;
  }

  /** The next bits without reading them; zeros behind the end. */
  int peek(int bits) {
    while (count < bits) {
      fetched |= at < end ? (bytes[at] & 0xffL) << count : 0;
      at++;
      count += Byte.SIZE;
    }
    return (int) fetched & ((1 << bits) - 1);
  }

  void skip(int bits) throws UnusableImageException {
    fetched >>>= bits;
    count -= bits;
    if (at - count / Byte.SIZE > end) {
      throw WebPDecoder.damaged("fewer pixels than it announces");
    }
  }
}
