package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes PNG files (ISO/IEC 15948) of every kind. Of 16 bits the upper 8 are taken; transparency,
 * gamma and profiles are passed over; of an animation the still picture is read. A file without its
 * last chunk is refused as truncated, though Pillow reads one whose rows are all there: copies that
 * broke off cannot be told from it.
 */
final class PngDecoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;

  private static final int GREY = 0;
  private static final int COLOUR = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int COLOUR_ALPHA = 6;

  /** First column and row and steps of every pass of an interlaced picture. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  private final ByteBuffer file;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final int[] palette = new int[256];
  private boolean coloured;
  private int width;
  private int height;
  private int bits;
  private int type;
  private int[][] passes;

  private PngDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file);
  }

  static boolean recognizes(byte[] file) {
    return ImageDecoder.begins(file, SIGNATURE);
  }

  static RgbImage decode(byte[] file) throws UnusableImageException {
    PngDecoder decoder = new PngDecoder(file);
    decoder.readChunks();
    return decoder.picture();
  }

  private static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged PNG: " + why);
  }

  private static UnusableImageException truncated() {
    return new UnusableImageException("truncated PNG");
  }

  private void readChunks() throws UnusableImageException {
    file.position(SIGNATURE.length);
    int kind = 0;
    while (kind != IEND) {
      // Length, kind and checksum.
      if (file.remaining() < 12) {
        throw truncated();
      }
      int length = file.getInt();
      if (length < 0) {
        throw damaged("an impossible length");
      }
      if (length > file.remaining() - 8) {
        throw truncated();
      }
      int start = file.position();
      kind = file.getInt();
      refuseChanged(start, length);
      read(kind, length);
      file.position(start + 8 + length);
    }
    if (passes == null) {
      throw damaged("no header");
    }
  }

  private void refuseChanged(int start, int length) throws UnusableImageException {
    CRC32 crc = new CRC32();
    crc.update(file.array(), start, length + 4);
    if ((int) crc.getValue() != file.getInt(start + 4 + length)) {
      throw damaged("a wrong checksum");
    }
  }

  private void read(int kind, int length) throws UnusableImageException {
    switch (kind) {
      case IHDR -> readHeader(length);
      case PLTE -> {
        coloured = true;
        for (int i = 0; i < Math.min(palette.length, length / 3); i++) {
          palette[i] = (file.getShort() & 0xffff) << 8 | (file.get() & 0xff);
        }
      }
      case IDAT -> data.write(file.array(), file.position(), length);
      default -> {}
    }
  }

  private void readHeader(int length) throws UnusableImageException {
    if (length < 13) {
      throw damaged("a short header");
    }
    width = file.getInt();
    height = file.getInt();
    bits = file.get();
    type = file.get();
    int compression = file.get();
    int filter = file.get();
    int interlaced = file.get();
    boolean known =
        switch (type) {
          case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case COLOUR, GREY_ALPHA, COLOUR_ALPHA -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known || compression != 0 || filter != 0 || interlaced > 1 || interlaced < 0) {
      throw damaged("an impossible header");
    }
    passes = interlaced == 1 ? PASSES : WHOLE;
  }

  private int channels() {
    return switch (type) {
      case COLOUR -> 3;
      case GREY_ALPHA -> 2;
      case COLOUR_ALPHA -> 4;
      default -> 1;
    };
  }

  private RgbImage picture() throws UnusableImageException {
    if (type == PALETTE && !coloured) {
      throw damaged("no palette");
    }
    Canvas canvas = new Canvas(width, height);
    byte[] rows = inflated();
    int at = 0;
    for (int[] pass : passes) {
      int across = Math.max(0, (width - pass[0] + pass[2] - 1) / pass[2]);
      int down = Math.max(0, (height - pass[1] + pass[3] - 1) / pass[3]);
      int rowBytes = Samples.rowBytes(across * channels(), bits);
      if (across > 0) {
        unfilter(rows, at, down, rowBytes);
        for (int y = 0; y < down; y++) {
          int row = at + y * (rowBytes + 1) + 1;
          for (int x = 0; x < across; x++) {
            draw(canvas, (pass[1] + y * pass[3]) * width + pass[0] + x * pass[2], rows, row, x);
          }
        }
        at += down * (rowBytes + 1);
      }
    }
    return canvas.image();
  }

  private long inflatedLength() {
    long length = 0;
    for (int[] pass : passes) {
      long across = Math.max(0, (width - pass[0] + pass[2] - 1) / pass[2]);
      long down = Math.max(0, (height - pass[1] + pass[3] - 1) / pass[3]);
      length += across == 0 ? 0 : down * (1 + (across * channels() * bits + 7) / 8);
    }
    return length;
  }

  private byte[] inflated() throws UnusableImageException {
    long length = inflatedLength();
    if (length > Integer.MAX_VALUE - 8) {
      throw new UnusableImageException("a PNG of more than 2^31 bytes");
    }
    byte[] rows = new byte[(int) length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data.toByteArray());
      int at = 0;
      while (at < rows.length) {
        int read = inflater.inflate(rows, at, rows.length - at);
        if (read == 0) {
          throw damaged("fewer rows than it announces");
        }
        at += read;
      }
      return rows;
    } catch (DataFormatException e) {
      throw damaged("its data cannot be decompressed");
    } finally {
      inflater.end();
    }
  }

  /** Undoes the filter that the first byte of every row names. */
  private void unfilter(byte[] rows, int from, int down, int rowBytes)
      throws UnusableImageException {
    int step = Math.max(1, channels() * bits / 8);
    for (int y = 0; y < down; y++) {
      int row = from + y * (rowBytes + 1) + 1;
      int above = y == 0 ? -1 : row - rowBytes - 1;
      int filter = rows[row - 1];
      if (filter < 0 || filter > 4) {
        throw damaged("an unknown filter");
      }
      if (filter != 0) {
        unfilter(filter, rows, row, above, rowBytes, step);
      }
    }
  }

  private static void unfilter(
      int filter, byte[] rows, int row, int above, int rowBytes, int step) {
    for (int i = 0; i < rowBytes; i++) {
      int left = i < step ? 0 : rows[row + i - step] & 0xff;
      int up = above < 0 ? 0 : rows[above + i] & 0xff;
      int corner = i < step || above < 0 ? 0 : rows[above + i - step] & 0xff;
      int guess =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> nearest(left, up, corner);
          };
      rows[row + i] += (byte) guess;
    }
  }

  /** Paeth's guess. */
  private static int nearest(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }

  private void draw(Canvas canvas, int pixel, byte[] rows, int row, int x) {
    // Of 16 bits the first byte.
    int at = row + x * channels() * bits / 8;
    int step = bits / 8;
    switch (type) {
      case COLOUR, COLOUR_ALPHA ->
          canvas.set(pixel, rows[at], rows[at + step], rows[at + 2 * step]);
      case PALETTE -> canvas.set(pixel, palette[Samples.at(rows, row, x, bits)]);
      default ->
          canvas.grey(
              pixel, bits < 8 ? Samples.stretched(Samples.at(rows, row, x, bits), bits) : rows[at]);
    }
  }
}
