package dev.vernier.harness.decoding.jpeg;

import dev.vernier.harness.images.UnusableImageException;

/** The bits of entropy-coded data, which end at a marker. */
final class EntropyBits {
  private static final int MARK = 0xff;
  private static final int RESTARTS = 8;
  private final byte[] bytes;

  /** The next byte to fetch; never beyond the marker at which the data end. */
  private int at;

  private boolean ended;
  private long fetched;

  /** How many bits of {@link #fetched} are still to be read. */
  private int count;

  /** How many of those, the last ones, stand in for data that are not there. */
  private int missing;

  EntropyBits(byte[] bytes, int start) {
    this.bytes = bytes;
    this.at = start;
  }

  /** The next bits without reading them, up to 16; zeros where the data end. */
  int peek(int bits) {
    if (count < bits) {
      fetch();
    }
    return (int) (fetched >>> (count - bits)) & ((1 << bits) - 1);
  }

  void skip(int bits) throws UnusableImageException {
    count -= bits;
    if (count < missing) {
      throw at >= bytes.length
          ? JpegDecoder.truncated()
          : JpegDecoder.damaged("a scan that ends before its last block");
    }
  }

  /** Reads bits as an unsigned number, 16 at most. */
  int read(int bits) throws UnusableImageException {
    int value = peek(bits);
    skip(bits);
    return value;
  }

  /** Reads a number whose sign is in its first bit (annex F.2.2.1). */
  int readSigned(int bits) throws UnusableImageException {
    if (bits == 0) {
      return 0;
    }
    int value = read(bits);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  private void fetch() {
    while (count <= Long.SIZE - 2 * Byte.SIZE) {
      fetched = fetched << Byte.SIZE | nextByte();
      count += Byte.SIZE;
      missing += ended ? Byte.SIZE : 0;
    }
  }

  private int nextByte() {
    int value = at < bytes.length ? bytes[at] & 0xff : 0;
    if (value == MARK) {
      int after = at + 1;
      while (after < bytes.length && (bytes[after] & 0xff) == MARK) {
        after++;
      }
      if (after == bytes.length) {
        at = after;
      } else if (bytes[after] == 0) {
        at = after + 1;
        return MARK;
      }
      ended = true;
      return 0;
    }
    ended |= at == bytes.length;
    at += ended ? 0 : 1;
    return value;
  }

  /**
   * Goes on behind a restart marker.
   *
   * @param number of the restart, counted from 0
   */
  void restart(int number) throws UnusableImageException {
    int marker = end();
    if (marker + 1 >= bytes.length) {
      throw JpegDecoder.truncated();
    }
    if ((bytes[marker + 1] & 0xff) != JpegDecoder.RST0 + number % RESTARTS) {
      throw JpegDecoder.damaged("a restart marker that is missing");
    }
    at = marker + 2;
    ended = false;
    count = 0;
    missing = 0;
  }

  /** Where the marker is at which the data end, or the end of the file. */
  int end() {
    while (!ended) {
      nextByte();
    }
    int marker = at;
    // Bytes of all ones may stand before the marker to fill up.
    while (marker + 1 < bytes.length && (bytes[marker + 1] & 0xff) == MARK) {
      marker++;
    }
    return marker;
  }
}
