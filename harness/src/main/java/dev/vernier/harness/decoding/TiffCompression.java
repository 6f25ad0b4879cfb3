package dev.vernier.harness.decoding;

import dev.vernier.harness.images.UnusableImageException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the strips and tiles of a TIFF file are packed, but for those that are JPEG. */
enum TiffCompression {
  NONE {
    @Override
    void unpack(byte[] packed, byte[] rows) throws UnusableImageException {
      if (packed.length < rows.length) {
        throw TiffDecoder.truncated();
      }
      System.arraycopy(packed, 0, rows, 0, rows.length);
    }
  },
  LZW {
    @Override
    void unpack(byte[] packed, byte[] rows) throws UnusableImageException {
      LzwTable table = new LzwTable(256, 4096);
      int width = 9;
      int written = 0;
      long bit = 0;
      while (written < rows.length) {
        if (bit + width > packed.length * 8L) {
          throw tooShort();
        }
        int code = 0;
        for (int i = 0; i < width; i++, bit++) {
          code = code << 1 | ((packed[(int) (bit / 8)] >> (7 - (int) (bit % 8))) & 1);
        }
        if (code == 256) {
          table.clear();
          width = 9;
        } else if (code == 257) {
          throw tooShort();
        } else {
          int count = table.write(code, rows, written);
          if (count < 0) {
            throw TiffDecoder.damaged("an impossible code");
          }
          written += count;
          // One code early, unlike GIF.
          width = table.size() + 1 >= (1 << width) ? Math.min(12, width + 1) : width;
        }
      }
    }
  },
  DEFLATE {
    @Override
    void unpack(byte[] packed, byte[] rows) throws UnusableImageException {
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(packed);
        int at = 0;
        while (at < rows.length) {
          int read = inflater.inflate(rows, at, rows.length - at);
          if (read == 0) {
            throw tooShort();
          }
          at += read;
        }
      } catch (DataFormatException e) {
        throw TiffDecoder.damaged("its data cannot be decompressed");
      } finally {
        inflater.end();
      }
    }
  },
  PACK_BITS {
    @Override
    void unpack(byte[] packed, byte[] rows) throws UnusableImageException {
      int at = 0;
      int written = 0;
      while (written < rows.length) {
        if (at + 1 >= packed.length) {
          throw tooShort();
        }
        int head = packed[at++];
        int count = Math.min(Math.abs(head) + 1, rows.length - written);
        if (head >= 0) {
          if (at + count > packed.length) {
            throw tooShort();
          }
          System.arraycopy(packed, at, rows, written, count);
          at += count;
          written += count;
        } else if (head != Byte.MIN_VALUE) {
          Arrays.fill(rows, written, written + count, packed[at++]);
          written += count;
        }
      }
    }
  };

  /** Whether samples may be replaced by their differences before they are packed. */
  boolean predicts() {
    return this == LZW || this == DEFLATE;
  }

  /** Fills rows from what is packed. */
  abstract void unpack(byte[] packed, byte[] rows) throws UnusableImageException;

  private static UnusableImageException tooShort() {
    return TiffDecoder.damaged("fewer rows than it announces");
  }

  /**
   * By its number in the file.
   *
   * @throws UnusableImageException if it is one that is not read
   */
  static TiffCompression of(int number) throws UnusableImageException {
    return switch (number) {
      case 1 -> NONE;
      case 5 -> LZW;
      case 8, 32946 -> DEFLATE;
      case 32773 -> PACK_BITS;
      case 2, 3, 4 -> throw TiffDecoder.unread("of a facsimile (CCITT)");
      case 34925 -> throw TiffDecoder.unread("of compression by LZMA");
      case 50000 -> throw TiffDecoder.unread("of compression by Zstandard");
      default -> throw TiffDecoder.unread("of compression " + number);
    };
  }
}
