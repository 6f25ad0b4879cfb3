package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Decodes BMP files of 1, 4, 8, 16, 24 and 32 bits, bottom up or top down, run lengths too. */
final class BmpDecoder {
  private static final int FILE_HEADER = 14;
  private static final int OLDEST_HEADER = 12;
  private static final int[] HEADERS = {OLDEST_HEADER, 40, 52, 56, 64, 108, 124};
  private static final int HEADER_WITH_ALPHA = 56;
  private static final int MASKS = FILE_HEADER + 40;
  private static final int PLAIN = 0;
  private static final int RUNS_OF_8 = 1;
  private static final int RUNS_OF_4 = 2;
  private static final int MASKED = 3;
  private static final int[] MASKS_OF_16 = {0x7c00, 0x3e0, 0x1f};
  private static final int[] MASKS_OF_32 = {0xff0000, 0xff00, 0xff};

  /** Bits, then the masks of red, green, blue and alpha. Other layouts have no known pixels. */
  private static final int[][] LAYOUTS = {
    {16, 0xf800, 0x7e0, 0x1f, 0},
    {16, 0x7c00, 0x3e0, 0x1f, 0},
    {24, 0xff0000, 0xff00, 0xff, 0},
    {32, 0xff0000, 0xff00, 0xff, 0},
    {32, 0xff000000, 0xff0000, 0xff00, 0},
    {32, 0xff000000, 0xff00, 0xff, 0},
    {32, 0xff000000, 0xff0000, 0xff00, 0xff},
    {32, 0xff, 0xff00, 0xff0000, 0xff000000},
    {32, 0xff0000, 0xff00, 0xff, 0xff000000},
    {32, 0xff000000, 0xff00, 0xff, 0xff0000}
  };

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
    int compression = oldest() ? PLAIN : file.getInt(30);
    refuseUnread(compression);
    readMasks(compression);
    Canvas canvas = new Canvas(width, height);
    int data = file.getInt(10);
    if (bits <= 8) {
      int colours = readPalette();
      data += data == FILE_HEADER + header ? (oldest() ? 3 : 4) * colours : 0;
    }
    if (compression == RUNS_OF_8 || compression == RUNS_OF_4) {
      int area = RgbImage.area(width, height);
      byte[] indices = BmpRuns.decode(file.position(data), width, area, bits);
      for (int i = 0; i < area; i++) {
        int y = (int) (signedHeight < 0 ? i / width : height - 1 - i / width);
        canvas.set(y * width + i % width, palette[indices[i] & 0xff]);
      }
      return canvas.image();
    }
    long stride = ((long) width * bits + 31) / 32 * 4;
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

  private void refuseUnread(int compression) throws UnusableImageException {
    if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw unread("of " + bits + " bits");
    }
    boolean known =
        switch (compression) {
          case PLAIN, MASKED -> true;
          case RUNS_OF_8 -> bits == 8;
          case RUNS_OF_4 -> bits == 4;
          default -> false;
        };
    if (!known) {
      throw unread("of compression " + compression + " with " + bits + " bits");
    }
  }

  private void readMasks(int compression) throws UnusableImageException {
    masks = bits == 16 ? MASKS_OF_16 : MASKS_OF_32;
    if (compression == MASKED) {
      int[] layout = new int[5];
      layout[0] = bits;
      for (int i = 0; i < (bits == 32 && header >= HEADER_WITH_ALPHA ? 4 : 3); i++) {
        layout[i + 1] = file.getInt(MASKS + 4 * i);
      }
      if (bits == 32 && Arrays.stream(layout, 1, layout.length).allMatch(each -> each == 0)) {
        return;
      }
      if (Arrays.stream(LAYOUTS).noneMatch(each -> Arrays.equals(each, layout))) {
        throw unread("of masks as unusual as " + Integer.toHexString(layout[1]));
      }
      masks = Arrays.copyOfRange(layout, 1, 4);
    }
  }

  /** Reads the colours that pixels can have; the number that the file announces. */
  private int readPalette() throws UnusableImageException {
    int announced = oldest() ? 0 : file.getInt(46);
    int colours = announced == 0 ? 1 << bits : announced;
    if (colours < 0 || colours > palette.length) {
      throw unread("of " + colours + " colours");
    }
    boolean ramp = true;
    for (int i = 0; i < Math.min(colours, 1 << bits); i++) {
      palette[i] = bytes(FILE_HEADER + header + i * (oldest() ? 3 : 4), 3);
      ramp &= palette[i] == 0x010101 * (colours == 2 ? 255 * i : i);
    }
    if (ramp && colours <= 1 << bits) {
      readRamp(colours);
    }
    return colours;
  }

  /** Where the first colours are a ramp of grey, Pillow takes all pixels for grey, not indices. */
  private void readRamp(int colours) throws UnusableImageException {
    if (bits == 8 && colours != 2) {
      Arrays.setAll(palette, i -> i * 0x010101);
    } else if (bits != 1 || colours != 2) {
      throw unread("of " + bits + " bits with a palette of the first " + colours + " greys");
    }
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
