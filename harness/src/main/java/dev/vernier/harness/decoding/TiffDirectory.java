package dev.vernier.harness.decoding;

import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first directory of a TIFF file: what is said of its first picture. In a BigTIFF counts and
 * places have 64 bits in place of 32.
 */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int STRIP_ROWS = 278;
  static final int STRIP_LENGTHS = 279;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int COLOURS = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_LENGTHS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;

  /** The number behind the byte order, which is 42 in other files. */
  static final byte BIG = 43;

  /** Bytes of a value by its type; those of unknown types are taken for bytes. */
  private static final int[] WIDTHS = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 1, 1, 1, 8, 8, 8};

  /** The types of 8 bytes that are whole numbers. */
  private static final Set<Integer> LONG = Set.of(16, 18);

  private final ByteBuffer file;

  /** Bytes of a count or a place. */
  private final int word;

  private final Map<Integer, long[]> values = new HashMap<>();

  TiffDirectory(byte[] bytes) throws UnusableImageException {
    boolean little = bytes[0] == 'I';
    this.file =
        ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean big = file.getShort(2) == BIG;
    this.word = big ? Long.BYTES : Integer.BYTES;
    int at = Math.toIntExact(word(word));
    int entries = big ? Math.toIntExact(word(at)) : file.getShort(at) & 0xffff;
    int first = at + (big ? Long.BYTES : Short.BYTES);
    int each = 4 + 2 * word;
    for (int i = 0; i < entries; i++) {
      readEntry(first + i * each);
    }
    // Where the next directory is: a file that ends before it is not whole.
    word(first + entries * each);
  }

  private long word(int at) {
    return word == Long.BYTES ? file.getLong(at) : file.getInt(at) & 0xffffffffL;
  }

  /** Fractions and the like say nothing of pixels, but have to be there. */
  private void readEntry(int at) throws UnusableImageException {
    int type = file.getShort(at + 2) & 0xffff;
    int width = type < WIDTHS.length ? WIDTHS[type] : 1;
    long count = word(at + 4);
    int inside = at + 4 + word;
    if (count < 0 || count > file.limit()) {
      throw TiffDecoder.truncated();
    }
    long from = count * width <= word ? inside : word(inside);
    if (from < 0 || count * width > file.limit() - from) {
      throw TiffDecoder.truncated();
    }
    if (width > Integer.BYTES && !LONG.contains(type)) {
      return;
    }
    long[] numbers = new long[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      int place = (int) from + i * width;
      numbers[i] =
          switch (width) {
            case Short.BYTES -> file.getShort(place) & 0xffff;
            case Integer.BYTES -> file.getInt(place) & 0xffffffffL;
            case Long.BYTES -> file.getLong(place);
            default -> file.get(place) & 0xff;
          };
    }
    values.put(file.getShort(at) & 0xffff, numbers);
  }

  boolean littleEndian() {
    return file.order() == ByteOrder.LITTLE_ENDIAN;
  }

  /** All numbers of an entry; empty where there is none. */
  long[] all(int tag) {
    return values.getOrDefault(tag, new long[0]);
  }

  /** The first number of an entry. */
  long one(int tag, long otherwise) {
    long[] all = all(tag);
    return all.length == 0 ? otherwise : all[0];
  }

  /** The one value that all numbers of an entry have; empty where they differ. */
  Optional<Integer> common(int tag, int otherwise) {
    long[] all = all(tag);
    boolean same = Arrays.stream(all).allMatch(each -> each == all[0]);
    return same ? Optional.of((int) one(tag, otherwise)) : Optional.empty();
  }

  /** The bytes that an entry holds itself. */
  byte[] bytes(int tag) {
    long[] all = all(tag);
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) all[i];
    }
    return bytes;
  }

  /** A part of the file. */
  byte[] part(long offset, long length) throws UnusableImageException {
    if (offset < 0 || length < 0 || offset > file.limit() || length > file.limit() - offset) {
      throw TiffDecoder.truncated();
    }
    return Arrays.copyOfRange(file.array(), (int) offset, (int) (offset + length));
  }
}
