package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes BMP files that are not compressed: 1, 4, 8, 16, 24 and 32 bits, bottom up or top down.
 */
final class BmpDecoder {
  private static final int FILE_HEADER = 14;
  private static final int OLDEST_HEADER = 12;
  private static final int[] HEADERS = {OLDEST_HEADER, 40, 52, 56, 64, 108, 124};
  private static final int MASKS = FILE_HEADER + 40;
  private static final int PLAIN = 0;
  private static final int MASKED = 3;
  private static final int[] MASKS_OF_16 = {0x7c00, 0x3e0, 0x1f};
  private static final int[] MASKS_OF_32 = {0xff0000, 0xff00, 0xff};

  private final ByteBuffer file;
  private final int header;
  private final int bits;
  private final int[] palette = new int[256];
  private int[] masks;

  private BmpDecoder(byte[] bytes) throws UnusableImageException {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.header = file.getInt(FILE_HEADER);
    if (Arrays.stream(HEADERS).noneMatch(each -> each == header)) {
      throw unread("with a header of " + header + " bytes");
    }
    this.bits = file.getShort(oldest() ? 24 : 28);
  }

  static boolean recognizes(byte[] file) {
    return file.length > 2 && file[0] == 'B' && file[1] == 'M';
  }

  static RgbImage decode(byte[] file) throws UnusableImageException {
    return new BmpDecoder(file).read();
  }

  private static UnusableImageException unread(String what) {
    return new UnusableImageException("BMP " + what + ", which is not read");
  }

  private boolean oldest() {
    return header == OLDEST_HEADER;
  }

  private RgbImage read() throws UnusableImageException {
    int width = oldest() ? file.getShort(18) & 0xffff : file.getInt(18);
    int signedHeight = oldest() ? file.getShort(20) & 0xffff : file.getInt(22);
    long height = Math.abs((long) signedHeight);
    readMasks();
    Canvas canvas = new Canvas(width, height);
    long stride = ((long) width * bits + 31) / 32 * 4;
    int data = file.getInt(10);
    if (bits <= 8) {
      int colours = readPalette();
      data += data == FILE_HEADER + header ? 4 * colours : 0;
    }
    if (data < 0 || data + stride * height > file.limit()) {
      throw new UnusableImageException("truncated BMP");
    }
    for (int y = 0; y < height; y++) {
      int row = (int) (data + stride * (signedHeight < 0 ? y : height - 1 - y));
      for (int x = 0; x < width; x++) {
        canvas.set(y * width + x, colour(row, x));
      }
    }
    return canvas.image();
  }

  private void readMasks() throws UnusableImageException {
    int compression = oldest() ? PLAIN : file.getInt(30);
    if (compression != PLAIN && compression != MASKED) {
      throw unread("of compression " + compression);
    }
    if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw unread("of " + bits + " bits");
    }
    masks = bits == 16 ? MASKS_OF_16 : MASKS_OF_32;
    if (compression == MASKED) {
      int[] given = {file.getInt(MASKS), file.getInt(MASKS + 4), file.getInt(MASKS + 8)};
      boolean none = Arrays.stream(given).allMatch(each -> each == 0);
      masks = none ? masks : given;
    }
    for (int mask : masks) {
      int most = mask >>> Integer.numberOfTrailingZeros(mask);
      if (mask == 0 || (most & (most + 1)) != 0 || most > 255) {
        throw unread("of masks as unusual as " + Integer.toHexString(mask));
      }
    }
  }

  private int readPalette() throws UnusableImageException {
    int announced = oldest() ? 0 : file.getInt(46);
    int colours = announced == 0 ? 1 << bits : announced;
    if (colours < 0 || colours > palette.length) {
      throw unread("of " + colours + " colours");
    }
    for (int i = 0; i < colours; i++) {
      palette[i] = bytes(FILE_HEADER + header + i * (oldest() ? 3 : 4), 3);
    }
    return colours;
  }

  /** A little-endian number of some bytes. */
  private int bytes(int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (file.get(at + i) & 0xff);
    }
    return value;
  }

  private int colour(int row, int x) {
    if (bits <= 8) {
      return palette[Samples.at(file.array(), row, x, bits)];
    }
    int value = bytes(row + x * bits / 8, bits / 8);
    return part(value, masks[0]) << 16 | part(value, masks[1]) << 8 | part(value, masks[2]);
  }

  /** The part of a pixel that a mask shows, stretched to 0 to 255. */
  private static int part(int value, int mask) {
    int low = Integer.numberOfTrailingZeros(mask);
    return ((value & mask) >>> low) * 255 / (mask >>> low);
  }
}
