package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.util.Arrays;

/** Decodes the stream of WebP that has loss: a key frame of VP8 (RFC 6386). */
final class LossyDecoder {
  private static final int FRAME_HEADER = 10;
  private static final int SIDE = 16;
  private static final int BLOCK = 16;

  private final int width;
  private final int height;
  private final int across;
  private final int down;
  private final BoolDecoder modes;
  private final LossyHeader header;
  private final BoolDecoder[] partitions;
  private final Plane luma;
  private final Plane blue;
  private final Plane red;
  private final LossyResidual residual;
  private final LossyFilter.Strength[] strengths;
  private final boolean[] inner;

  /** Modes of the blocks of the row above, and to the left. */
  private final int[] modesAbove;

  private final int[] modesLeft = new int[4];
  private final int[] modesHere = new int[BLOCK];

  private LossyDecoder(byte[] file, int from, int end) throws UnusableImageException {
    if (end - from < FRAME_HEADER) {
      throw WebPDecoder.damaged("a short frame");
    }
    int tag = number(file, from, 3);
    if ((tag & 1) != 0 || ((tag >> 1) & 7) > 3 || number(file, from + 3, 3) != 0x2a019d) {
      throw WebPDecoder.damaged("no key frame");
    }
    this.width = number(file, from + 6, 2) & 0x3fff;
    this.height = number(file, from + 8, 2) & 0x3fff;
    RgbImage.area(width, height);
    this.across = (width + SIDE - 1) / SIDE;
    this.down = (height + SIDE - 1) / SIDE;
    int start = from + FRAME_HEADER;
    int first = start + (tag >> 5);
    if (first > end) {
      throw WebPDecoder.damaged("a partition that is too long");
    }
    this.modes = new BoolDecoder(file, start, first);
    this.header = new LossyHeader(modes);
    this.partitions = partitions(file, first, end, 1 << header.partitionBits);
    this.luma = new Plane(across * SIDE, down * SIDE);
    this.blue = new Plane(across * SIDE / 2, down * SIDE / 2);
    this.red = new Plane(across * SIDE / 2, down * SIDE / 2);
    this.residual = new LossyResidual(header.probabilities, across);
    this.strengths = new LossyFilter.Strength[across * down];
    this.inner = new boolean[across * down];
    this.modesAbove = new int[4 * across];
  }

  /** Decodes the part of a file that holds the stream. */
  static RgbImage decode(byte[] file, int from, int end) throws UnusableImageException {
    LossyDecoder decoder = new LossyDecoder(file, from, end);
    decoder.readMacroblocks();
    decoder.filter();
    return new LossyColours(decoder.luma, decoder.blue, decoder.red, decoder.width, decoder.height)
        .image();
  }

  private static int number(byte[] file, int at, int bytes) {
    int number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (file[at + i] & 0xff);
    }
    return number;
  }

  /** The lengths of all partitions but the last stand before them. */
  private static BoolDecoder[] partitions(byte[] file, int from, int end, int count)
      throws UnusableImageException {
    BoolDecoder[] partitions = new BoolDecoder[count];
    int at = from + 3 * (count - 1);
    for (int i = 0; i < count; i++) {
      int length = i < count - 1 && at <= end ? number(file, from + 3 * i, 3) : end - at;
      if (length < 0 || length > end - at) {
        throw WebPDecoder.damaged("a partition that is too long");
      }
      partitions[i] = new BoolDecoder(file, at, at + length);
      at += length;
    }
    return partitions;
  }

  private void readMacroblocks() throws UnusableImageException {
    for (int row = 0; row < down; row++) {
      BoolDecoder tokens = partitions[row % partitions.length];
      Arrays.fill(modesLeft, LossyPrediction.MEAN);
      residual.beginRow();
      for (int column = 0; column < across; column++) {
        readMacroblock(row, column, tokens);
        if (modes.ended() || tokens.ended()) {
          throw WebPDecoder.damaged("fewer pixels than it announces");
        }
      }
      luma.endRow((row + 1) * SIDE - 1);
    }
  }

  private void readMacroblock(int row, int column, BoolDecoder tokens) {
    int segment = header.segmented ? segment() : 0;
    boolean skipped = header.skips && modes.flag(header.skipProbability);
    boolean inBlocks = !modes.flag(145);
    int mode = inBlocks ? readBlockModes(column) : readMode(column);
    int chroma = readChromaMode();
    if (skipped) {
      residual.skip(column, inBlocks);
    } else {
      residual.read(tokens, column, inBlocks, header.steps(segment));
    }
    int left = column * SIDE;
    int top = row * SIDE;
    if (inBlocks) {
      rebuildBlocks(left, top);
    } else {
      LossyPrediction.square(luma, mode, left, top, SIDE);
      for (int i = 0; i < BLOCK; i++) {
        add(luma, i, left + i % 4 * 4, top + i / 4 * 4);
      }
    }
    rebuildChroma(blue, BLOCK, chroma, left / 2, top / 2);
    rebuildChroma(red, BLOCK + 4, chroma, left / 2, top / 2);
    int place = row * across + column;
    strengths[place] =
        LossyFilter.Strength.of(header.filterLevel(segment, inBlocks), header.sharpness);
    inner[place] = inBlocks || !residual.isEmpty();
  }

  private int segment() {
    return modes.flag(header.segmentTree[0])
        ? 2 + modes.bit(header.segmentTree[2])
        : modes.bit(header.segmentTree[1]);
  }

  private int readMode(int column) {
    int mode;
    if (modes.flag(156)) {
      mode = modes.flag(128) ? LossyPrediction.GRADIENT : LossyPrediction.HORIZONTAL;
    } else {
      mode = modes.flag(163) ? LossyPrediction.VERTICAL : LossyPrediction.MEAN;
    }
    Arrays.fill(modesAbove, 4 * column, 4 * column + 4, mode);
    Arrays.fill(modesLeft, mode);
    return mode;
  }

  private int readBlockModes(int column) {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int above = 4 * column + x;
        int mode = readBlockMode((modesAbove[above] * 10 + modesLeft[y]) * 9);
        modesAbove[above] = mode;
        modesLeft[y] = mode;
        modesHere[4 * y + x] = mode;
      }
    }
    return LossyPrediction.MEAN;
  }

  /** The tree of section 8.1's modes of blocks. */
  private int readBlockMode(int p) {
    for (int mode = 0; mode < 3; mode++) {
      if (!modes.flag(LossyTables.MODES[p + mode])) {
        return mode;
      }
    }
    if (!modes.flag(LossyTables.MODES[p + 3])) {
      if (!modes.flag(LossyTables.MODES[p + 4])) {
        return LossyPrediction.HORIZONTAL;
      }
      return 4 + modes.bit(LossyTables.MODES[p + 5]);
    }
    for (int i = 0; i < 2; i++) {
      if (!modes.flag(LossyTables.MODES[p + 6 + i])) {
        return 6 + i;
      }
    }
    return 8 + modes.bit(LossyTables.MODES[p + 8]);
  }

  private int readChromaMode() {
    if (!modes.flag(142)) {
      return LossyPrediction.MEAN;
    }
    if (!modes.flag(114)) {
      return LossyPrediction.VERTICAL;
    }
    return modes.flag(183) ? LossyPrediction.GRADIENT : LossyPrediction.HORIZONTAL;
  }

  private void rebuildBlocks(int left, int top) {
    for (int i = 0; i < BLOCK; i++) {
      int x = left + i % 4 * 4;
      int y = top + i / 4 * 4;
      // In the last column those above the macroblock, since the ones to the right are not there.
      int aboveRight = luma.at(x + 4, i % 4 == 3 ? top - 1 : y - 1);
      LossyPrediction.block(luma, modesHere[i], x, y, aboveRight);
      add(luma, i, x, y);
    }
  }

  private void rebuildChroma(Plane plane, int first, int mode, int left, int top) {
    LossyPrediction.square(plane, mode, left, top, SIDE / 2);
    for (int i = 0; i < 4; i++) {
      add(plane, first + i, left + i % 2 * 4, top + i / 2 * 4);
    }
  }

  /** Adds the inverse transform of a block (section 14.4). */
  private void add(Plane plane, int block, int left, int top) {
    int[] in = residual.coefficients;
    int from = block * BLOCK;
    int[] columns = new int[BLOCK];
    for (int i = 0; i < 4; i++) {
      int at = from + i;
      transform(in[at], in[at + 4], in[at + 8], in[at + 12], columns, 4 * i);
    }
    int[] row = new int[4];
    for (int y = 0; y < 4; y++) {
      transform(columns[y] + 4, columns[4 + y], columns[8 + y], columns[12 + y], row, 0);
      for (int x = 0; x < 4; x++) {
        int at = plane.at(left + x, top + y);
        plane.set(at, plane.get(at) + (row[x] >> 3));
      }
    }
  }

  private static void transform(int v0, int v1, int v2, int v3, int[] target, int at) {
    int sum = v0 + v2;
    int difference = v0 - v2;
    int low = sine(v1) - cosine(v3);
    int high = cosine(v1) + sine(v3);
    target[at] = sum + high;
    target[at + 1] = difference + low;
    target[at + 2] = difference - low;
    target[at + 3] = sum - high;
  }

  /** Times the root of 2 times the cosine of pi / 8. */
  private static int cosine(int value) {
    return ((value * 20091) >> 16) + value;
  }

  /** Times the root of 2 times the sine of pi / 8. */
  private static int sine(int value) {
    return (value * 35468) >> 16;
  }

  private void filter() {
    LossyFilter ofLuma = new LossyFilter(luma);
    LossyFilter ofBlue = new LossyFilter(blue);
    LossyFilter ofRed = new LossyFilter(red);
    for (int i = 0; i < strengths.length; i++) {
      int left = i % across * SIDE;
      int top = i / across * SIDE;
      if (strengths[i].level() > 0) {
        ofLuma.apply(strengths[i], left, top, SIDE, inner[i], header.simpleFilter);
        if (!header.simpleFilter) {
          ofBlue.apply(strengths[i], left / 2, top / 2, SIDE / 2, inner[i], false);
          ofRed.apply(strengths[i], left / 2, top / 2, SIDE / 2, inner[i], false);
        }
      }
    }
  }
}
