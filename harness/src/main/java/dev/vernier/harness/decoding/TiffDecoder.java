package dev.vernier.harness.decoding;

import dev.vernier.harness.decoding.jpeg.JpegDecoder;
import dev.vernier.harness.decoding.jpeg.JpegSamples;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decodes TIFF files (6.0, and little-endian BigTIFF), the first picture: grey, palette, RGB and
 * CMYK of unsigned integers up to 16 bits, in strips or tiles, plain or packed by LZW, Deflate,
 * PackBits or JPEG. Of 16 bits the upper 8 are taken; profiles are passed over; the picture is
 * turned as its orientation says, as Pillow does for this format alone.
 *
 * <p>Pillow reads more, which is refused by name: facsimiles (CCITT, groups 3 and 4), which are of
 * two tones and no photographs; LZMA and Zstandard, for which Java has no decoder; and L*a*b*,
 * whose RGB depends on the rounding of a colour management library.
 */
final class TiffDecoder {
  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int CMYK = 5;
  private static final int YCC = 6;
  private static final int LAB = 8;

  private static final int JPEG = 7;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int DIFFERENCES = 2;
  private static final List<String> FORMATS =
      List.of("", "unsigned integers", "signed integers", "floating-point numbers", "unknown kind");

  /** Photometric interpretation, bits and number of samples, and kinds of the extra ones. */
  private static final Pattern KINDS =
      Pattern.compile(
          String.join(
              "|",
              "0 (1|2|4|8) 1 \\[]",
              "1 (1|2|4|8|16) 1 \\[]",
              "1 8 2 \\[2]",
              "2 (8|16) [34] \\[]",
              "2 (8|16) 4 \\[[012]]",
              "2 8 4 \\[999]",
              "2 8 5 \\[[012], 0]",
              "2 8 6 \\[[012], 0, 0]",
              "3 (1|2|4|8) 1 \\[]",
              "3 8 2 \\[[02]]",
              "5 (8|16) 4 \\[]",
              "5 8 5 \\[0]",
              "5 8 6 \\[0, 0]",
              "6 8 3 \\[]"));

  private final TiffDirectory directory;
  private final int width;
  private final int height;
  private final int photometric;
  private final int bits;
  private final int samples;
  private final boolean planar;
  private final int compression;

  /** {@code [height, width, samples]}, the upper 8 bits of each. */
  private final byte[] values;

  private TiffDecoder(byte[] file) throws UnusableImageException {
    this.directory = new TiffDirectory(file);
    this.width = (int) directory.one(TiffDirectory.WIDTH, 0);
    this.height = (int) directory.one(TiffDirectory.HEIGHT, 0);
    int area = RgbImage.area(width, height);
    this.photometric = (int) directory.one(TiffDirectory.PHOTOMETRIC, -1);
    this.samples = (int) directory.one(TiffDirectory.SAMPLES, 1);
    this.planar = directory.one(TiffDirectory.PLANAR, 1) == 2;
    this.compression = (int) directory.one(TiffDirectory.COMPRESSION, 1);
    this.bits =
        directory
            .common(TiffDirectory.BITS, 1)
            .orElseThrow(() -> unread("of samples of different depths"));
    refuseUnread();
    if ((long) area * samples > Integer.MAX_VALUE - 8) {
      throw unread("of " + samples + " samples a pixel");
    }
    this.values = new byte[area * samples];
  }

  static boolean recognizes(byte[] file) {
    return ImageDecoder.begins(file, new byte[] {'I', 'I', 42, 0})
        || ImageDecoder.begins(file, new byte[] {'M', 'M', 0, 42})
        || ImageDecoder.begins(file, new byte[] {'I', 'I', TiffDirectory.BIG, 0});
  }

  static RgbImage decode(byte[] file) throws UnusableImageException {
    TiffDecoder decoder = new TiffDecoder(file);
    decoder.readBlocks();
    return decoder.turned(decoder.picture());
  }

  static UnusableImageException truncated() {
    return new UnusableImageException("truncated TIFF");
  }

  static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged TIFF: " + why);
  }

  static UnusableImageException unread(String what) {
    return new UnusableImageException("TIFF " + what + ", which is not read");
  }

  private void refuseUnread() throws UnusableImageException {
    int format = directory.common(TiffDirectory.SAMPLE_FORMAT, 1).orElse(FORMATS.size() - 1);
    if (format != 1) {
      throw unread("of " + FORMATS.get(Math.min(Math.max(1, format), 4)) + " of " + bits + " bits");
    }
    long[] extras = directory.all(TiffDirectory.EXTRA_SAMPLES);
    String kind =
        String.join(" ", "" + photometric, "" + bits, "" + samples, Arrays.toString(extras));
    if (photometric == LAB) {
      throw unread("of L*a*b* colours");
    }
    if (!KINDS.matcher(kind).matches() || (photometric == YCC && compression != JPEG)) {
      throw unread(
          "of photometric interpretation "
              + photometric
              + " with "
              + samples
              + " samples of "
              + bits
              + " bits"
              + (extras.length == 0 ? "" : ", extra ones of kind " + Arrays.toString(extras)));
    }
    boolean colours =
        samples == (photometric == CMYK ? 4 : photometric == RGB || photometric == YCC ? 3 : 1);
    if (planar && (bits != 8 || photometric == WHITE_IS_ZERO || !colours)) {
      throw unread("of " + samples + " planes of " + bits + " bits");
    }
    if (directory.one(TiffDirectory.FILL_ORDER, 1) != 1) {
      throw unread("of reversed bits");
    }
    long predictor = directory.one(TiffDirectory.PREDICTOR, 1);
    if (predictor != 1 && (predictor != DIFFERENCES || bits < 8)) {
      throw unread("of predictor " + predictor + " with " + bits + " bits");
    }
  }

  /** Whether samples are written as differences, which means nothing where they lie open. */
  private boolean differences() throws UnusableImageException {
    return directory.one(TiffDirectory.PREDICTOR, 1) == DIFFERENCES
        && TiffCompression.of(compression).predicts();
  }

  private void readBlocks() throws UnusableImageException {
    boolean tiled = directory.all(TiffDirectory.TILE_OFFSETS).length > 0;
    long[] offsets =
        directory.all(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
    long[] lengths =
        directory.all(tiled ? TiffDirectory.TILE_LENGTHS : TiffDirectory.STRIP_LENGTHS);
    long tileWidth = tiled ? directory.one(TiffDirectory.TILE_WIDTH, 0) : width;
    long tileHeight =
        tiled
            ? directory.one(TiffDirectory.TILE_HEIGHT, 0)
            : Math.min(height, directory.one(TiffDirectory.STRIP_ROWS, height));
    int area = RgbImage.area(tileWidth, tileHeight);
    if ((long) area * samples * bits / 8 > Integer.MAX_VALUE - 8) {
      throw unread("of such large tiles");
    }
    int across = (int) ((width + tileWidth - 1) / tileWidth);
    int down = (int) ((height + tileHeight - 1) / tileHeight);
    int count = across * down * (planar ? samples : 1);
    if (offsets.length < count || lengths.length < count) {
      throw damaged("fewer strips than the picture needs");
    }
    for (int i = 0; i < count; i++) {
      int place = i % (across * down);
      int top = (int) (place / across * tileHeight);
      int rows = (int) (tiled ? tileHeight : Math.min(tileHeight, height - top));
      Block block =
          new Block(
              (int) (place % across * tileWidth),
              top,
              (int) tileWidth,
              rows,
              planar ? i / (across * down) : 0,
              planar ? 1 : samples);
      byte[] packed = directory.part(offsets[i], lengths[i]);
      if (compression == JPEG) {
        copyJpeg(block, packed);
      } else {
        copy(block, packed);
      }
    }
  }

  /**
   * A strip or tile; tiles may reach beyond the picture.
   *
   * @param first the first of its samples
   * @param samples how many of them it holds
   */
  private record Block(int left, int top, int width, int height, int first, int samples) {}

  private void copy(Block block, byte[] packed) throws UnusableImageException {
    int rowBytes = Samples.rowBytes(block.width() * block.samples(), bits);
    byte[] rows = new byte[rowBytes * block.height()];
    TiffCompression.of(compression).unpack(packed, rows);
    if (differences()) {
      sumUp(block, rows, rowBytes);
    }
    int upper = directory.littleEndian() ? 1 : 0;
    for (int y = 0; y < Math.min(block.height(), height - block.top()); y++) {
      for (int x = 0; x < Math.min(block.width(), width - block.left()); x++) {
        for (int s = 0; s < block.samples(); s++) {
          int index = x * block.samples() + s;
          int row = y * rowBytes;
          int value =
              bits == 16 ? rows[row + 2 * index + upper] : Samples.at(rows, row, index, bits);
          values[place(block, x, y, s)] = (byte) value;
        }
      }
    }
  }

  private int place(Block block, int x, int y, int sample) {
    int pixel = (block.top() + y) * width + block.left() + x;
    return pixel * samples + block.first() + sample;
  }

  /** Samples that are written as the differences from those to their left. */
  private void sumUp(Block block, byte[] rows, int rowBytes) {
    int step = block.samples();
    int low = directory.littleEndian() ? 0 : 1;
    for (int y = 0; y < block.height(); y++) {
      for (int i = step; i < block.width() * step; i++) {
        if (bits == 8) {
          rows[y * rowBytes + i] += rows[y * rowBytes + i - step];
        } else {
          int at = y * rowBytes + 2 * i;
          int before = at - 2 * step;
          int sum =
              (rows[at + low] & 0xff)
                  + (rows[before + low] & 0xff)
                  + ((rows[at + 1 - low] + rows[before + 1 - low]) << 8);
          rows[at + low] = (byte) sum;
          rows[at + 1 - low] = (byte) (sum >> 8);
        }
      }
    }
  }

  private void copyJpeg(Block block, byte[] packed) throws UnusableImageException {
    JpegSamples jpeg = JpegDecoder.decode(directory.bytes(TiffDirectory.JPEG_TABLES), packed);
    if (jpeg.components() != block.samples()
        || jpeg.width() < Math.min(block.width(), width - block.left())
        || jpeg.height() < Math.min(block.height(), height - block.top())) {
      throw damaged("a JPEG that does not fit in");
    }
    int area = jpeg.width() * jpeg.height();
    if (photometric == YCC) {
      JpegSamples.toRgb(jpeg.planes(), area);
    }
    for (int y = 0; y < Math.min(block.height(), height - block.top()); y++) {
      for (int x = 0; x < Math.min(block.width(), width - block.left()); x++) {
        for (int s = 0; s < block.samples(); s++) {
          values[place(block, x, y, s)] = jpeg.planes()[s * area + y * jpeg.width() + x];
        }
      }
    }
  }

  private RgbImage picture() throws UnusableImageException {
    Canvas canvas = new Canvas(width, height);
    long[] colours = directory.all(TiffDirectory.COLOURS);
    if (photometric == PALETTE && colours.length < (3 << bits)) {
      throw damaged("no palette");
    }
    boolean associated = directory.one(TiffDirectory.EXTRA_SAMPLES, 0) == ASSOCIATED_ALPHA;
    for (int i = 0; i < width * height; i++) {
      int at = i * samples;
      int first = values[at] & 0xff;
      switch (photometric) {
        case WHITE_IS_ZERO -> canvas.grey(i, 255 - grey(first));
        case BLACK_IS_ZERO -> canvas.grey(i, grey(first));
        case PALETTE -> {
          int size = 1 << bits;
          canvas.set(
              i,
              (int) colours[first] >> 8,
              (int) colours[size + first] >> 8,
              (int) colours[2 * size + first] >> 8);
        }
        case CMYK ->
            canvas.inks(
                i, first, values[at + 1] & 0xff, values[at + 2] & 0xff, values[at + 3] & 0xff);
        default -> {
          int alpha = associated ? values[at + 3] & 0xff : 255;
          canvas.set(
              i,
              unmultiplied(first, alpha),
              unmultiplied(values[at + 1] & 0xff, alpha),
              unmultiplied(values[at + 2] & 0xff, alpha));
        }
      }
    }
    return canvas.image();
  }

  private int grey(int value) {
    return bits < 8 ? Samples.stretched(value, bits) : value;
  }

  private static int unmultiplied(int value, int alpha) {
    return alpha == 0 ? 0 : Math.min(255, value * 255 / alpha);
  }

  /** As the orientation says; each is a mirror image, then perhaps an exchange of the axes. */
  private RgbImage turned(RgbImage image) {
    int orientation = (int) directory.one(TiffDirectory.ORIENTATION, 1);
    if (orientation < 2 || orientation > 8) {
      return image;
    }
    boolean exchanged = orientation >= 5;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int newWidth = exchanged ? height : width;
    int newHeight = exchanged ? width : height;
    int area = width * height;
    byte[] rgb = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      int x = exchanged ? i / newWidth : i % newWidth;
      int y = exchanged ? i % newWidth : i / newWidth;
      int source = (fromBottom ? height - 1 - y : y) * width + (fromRight ? width - 1 - x : x);
      for (int c = 0; c < 3; c++) {
        rgb[c * area + i] = image.rgb()[c * area + source];
      }
    }
    return new RgbImage(newWidth, newHeight, rgb);
  }
}
