package dev.vernier.harness.decoding;

import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;

/**
 * Undoes the run-length code of BMP files of 4 and 8 bits. Where Pillow departs from the format, in
 * empty rows and in odd numbers of pixels that are written out two a byte, the file is refused.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int JUMP = 2;

  private final ByteBuffer file;
  private final int width;
  private final boolean halves;
  private final byte[] indices;
  private int written;

  private BmpRuns(ByteBuffer file, int width, int area, int bits) {
    this.file = file;
    this.width = width;
    this.halves = bits == 4;
    this.indices = new byte[area];
  }

  /**
   * The palette indices of all pixels, in the order of the file's rows; what is jumped over is 0.
   *
   * @param file at the first run
   * @param bits 4 or 8
   */
  static byte[] decode(ByteBuffer file, int width, int area, int bits)
      throws UnusableImageException {
    BmpRuns runs = new BmpRuns(file, width, area, bits);
    runs.read();
    return runs.indices;
  }

  private static UnusableImageException unread(String what) {
    return new UnusableImageException("BMP of run lengths with " + what + ", which is not read");
  }

  private void read() throws UnusableImageException {
    int x = 0;
    while (written < indices.length) {
      int count = next();
      int value = next();
      if (count > 0) {
        int run = Math.min(count, width - x);
        for (int i = 0; i < run; i++) {
          write(halves ? half(value, i) : value);
        }
        x += run;
      } else if (value == END_OF_ROW) {
        if (x == 0) {
          throw unread("an empty row");
        }
        written += (width - written % width) % width;
        x = 0;
      } else if (value == END) {
        throw new UnusableImageException("damaged BMP: fewer pixels than it announces");
      } else if (value == JUMP) {
        written = Math.min(indices.length, written + next() + width * next());
        x = written % width;
      } else {
        copy(value, x);
        x += value;
      }
    }
  }

  private void copy(int count, int x) throws UnusableImageException {
    if (halves && count % 2 != 0) {
      throw unread("an odd number of pixels");
    }
    if (x + count > width) {
      throw new UnusableImageException("damaged BMP: a row that is too long");
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = halves && i % 2 == 1 ? value : next();
      write(halves ? half(value, i) : value);
    }
    file.position(file.position() + file.position() % 2);
  }

  private int next() {
    return file.get() & 0xff;
  }

  /** The first pixel of a byte is in the upper bits. */
  private static int half(int value, int index) {
    return index % 2 == 0 ? value >> 4 : value & 15;
  }

  private void write(int index) {
    indices[written++] = (byte) index;
  }
}
