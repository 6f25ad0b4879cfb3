package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes GIF files (87a and 89a): the first picture, on its screen. */
final class GifDecoder {
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int PICTURE = 0x2c;
  private static final int END = 0x3b;
  private static final int PALETTE_FLAG = 0x80;
  private static final int INTERLACED_FLAG = 0x40;
  private static final int LONGEST_CODE = 12;

  private final ByteBuffer file;
  private int transparent = -1;

  private GifDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean recognizes(byte[] file) {
    return ImageDecoder.begins(file, "GIF87a".getBytes(StandardCharsets.US_ASCII))
        || ImageDecoder.begins(file, "GIF89a".getBytes(StandardCharsets.US_ASCII));
  }

  static RgbImage decode(byte[] file) throws UnusableImageException {
    return new GifDecoder(file).read();
  }

  private static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged GIF: " + why);
  }

  private RgbImage read() throws UnusableImageException {
    file.position(6);
    int screenWidth = u16();
    int screenHeight = u16();
    int flags = u8();
    u16();
    int[] palette = (flags & PALETTE_FLAG) == 0 ? null : palette(flags);
    RgbImage first = null;
    while (true) {
      switch (u8()) {
        case END -> {
          if (first == null) {
            throw damaged("no picture");
          }
          return first;
        }
        case EXTENSION -> readExtension();
        case PICTURE -> {
          if (first == null) {
            first = picture(screenWidth, screenHeight, palette);
          } else {
            file.position(file.position() + 8);
            int own = u8();
            if ((own & PALETTE_FLAG) != 0) {
              palette(own);
            }
            u8();
            blocks();
          }
        }
        default -> {}
      }
    }
  }

  private int u8() {
    return file.get() & 0xff;
  }

  private int u16() {
    return file.getShort() & 0xffff;
  }

  private int[] palette(int flags) {
    int[] colours = new int[2 << (flags & 7)];
    boolean ramp = true;
    for (int i = 0; i < colours.length; i++) {
      colours[i] = u8() << 16 | u8() << 8 | u8();
      ramp &= colours[i] == i * 0x010101;
    }
    return ramp ? null : Arrays.copyOf(colours, 256);
  }

  private void readExtension() {
    int kind = u8();
    byte[] content = blocks();
    if (kind == CONTROL && content.length >= 4 && (content[0] & 1) != 0) {
      transparent = content[3] & 0xff;
    }
  }

  /** The content of the blocks up to the empty one. */
  private byte[] blocks() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int length = u8(); length > 0; length = u8()) {
      byte[] block = new byte[length];
      file.get(block);
      content.writeBytes(block);
    }
    return content.toByteArray();
  }

  private RgbImage picture(int screenWidth, int screenHeight, int[] common)
      throws UnusableImageException {
    int left = u16();
    int top = u16();
    int width = u16();
    int height = u16();
    int flags = u8();
    int[] palette = (flags & PALETTE_FLAG) == 0 ? common : palette(flags);
    int bits = u8();
    int canvasWidth = Math.max(screenWidth, left + width);
    int canvasHeight = Math.max(screenHeight, top + height);
    Canvas canvas = new Canvas(canvasWidth, canvasHeight);
    byte[] indices = decompressed(blocks(), bits, RgbImage.area(width, height));
    int around = Math.max(0, transparent);
    for (int i = 0; i < canvasWidth * canvasHeight; i++) {
      draw(canvas, i, around, palette);
    }
    boolean interlaced = (flags & INTERLACED_FLAG) != 0;
    for (int row = 0; row < height; row++) {
      int y = interlaced ? interlacedRow(row, height) : row;
      for (int x = 0; x < width; x++) {
        int index = indices[row * width + x] & 0xff;
        draw(canvas, (top + y) * canvasWidth + left + x, index, palette);
      }
    }
    return canvas.image();
  }

  private static void draw(Canvas canvas, int pixel, int index, int[] palette) {
    if (palette == null) {
      canvas.grey(pixel, index);
    } else {
      canvas.set(pixel, palette[index]);
    }
  }

  /** Every eighth row comes first, then those between, in four passes. */
  private static int interlacedRow(int number, int height) {
    int left = number;
    int[] first = {0, 4, 2, 1};
    int[] step = {8, 8, 4, 2};
    for (int pass = 0; pass < first.length; pass++) {
      int rows = Math.max(0, (height - first[pass] + step[pass] - 1) / step[pass]);
      if (left < rows) {
        return first[pass] + left * step[pass];
      }
      left -= rows;
    }
    throw new IllegalArgumentException(number + " of " + height);
  }

  /** Undoes the variable-length code of Lempel, Ziv and Welch, lowest bits first. */
  private static byte[] decompressed(byte[] data, int bits, int length)
      throws UnusableImageException {
    if (bits < 1 || bits >= LONGEST_CODE) {
      throw damaged("codes of " + bits + " bits");
    }
    LzwTable table = new LzwTable(1 << bits, 1 << LONGEST_CODE);
    int clear = 1 << bits;
    byte[] output = new byte[length];
    int written = 0;
    int width = bits + 1;
    long buffer = 0;
    int buffered = 0;
    int at = 0;
    table.clear();
    while (written < length) {
      while (buffered < width) {
        if (at == data.length) {
          throw damaged("fewer pixels than it announces");
        }
        buffer |= (data[at++] & 0xffL) << buffered;
        buffered += 8;
      }
      int code = (int) buffer & ((1 << width) - 1);
      buffer >>>= width;
      buffered -= width;
      if (code == clear) {
        table.clear();
        width = bits + 1;
      } else if (code == clear + 1) {
        throw damaged("fewer pixels than it announces");
      } else {
        int count = table.write(code, output, written);
        if (count < 0) {
          throw damaged("an impossible code");
        }
        written += count;
        if (table.size() == (1 << width) && width < LONGEST_CODE) {
          width++;
        }
      }
    }
    return output;
  }
}
