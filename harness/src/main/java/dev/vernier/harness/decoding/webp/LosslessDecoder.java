package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decodes the lossless stream of WebP (RFC 9649, section 3). */
final class LosslessDecoder {
  private static final int SIGNATURE = 0x2f;
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;

  /** What the first distances mean: columns to the left and rows up. */
  private static final int[][] NEAR = {
    {0, 1}, {1, 0}, {1, 1}, {-1, 1}, {0, 2}, {2, 0}, {1, 2}, {-1, 2}, {2, 1}, {-2, 1}, {2, 2},
    {-2, 2}, {0, 3}, {3, 0}, {1, 3}, {-1, 3}, {3, 1}, {-3, 1}, {2, 3}, {-2, 3}, {3, 2}, {-3, 2},
    {0, 4}, {4, 0}, {1, 4}, {-1, 4}, {4, 1}, {-4, 1}, {3, 3}, {-3, 3}, {2, 4}, {-2, 4}, {4, 2},
    {-4, 2}, {0, 5}, {3, 4}, {-3, 4}, {4, 3}, {-4, 3}, {5, 0}, {1, 5}, {-1, 5}, {5, 1}, {-5, 1},
    {2, 5}, {-2, 5}, {5, 2}, {-5, 2}, {4, 4}, {-4, 4}, {3, 5}, {-3, 5}, {5, 3}, {-5, 3}, {0, 6},
    {6, 0}, {1, 6}, {-1, 6}, {6, 1}, {-6, 1}, {2, 6}, {-2, 6}, {6, 2}, {-6, 2}, {4, 5}, {-4, 5},
    {5, 4}, {-5, 4}, {3, 6}, {-3, 6}, {6, 3}, {-6, 3}, {0, 7}, {7, 0}, {1, 7}, {-1, 7}, {5, 5},
    {-5, 5}, {7, 1}, {-7, 1}, {4, 6}, {-4, 6}, {6, 4}, {-6, 4}, {2, 7}, {-2, 7}, {7, 2}, {-7, 2},
    {3, 7}, {-3, 7}, {7, 3}, {-7, 3}, {5, 6}, {-5, 6}, {6, 5}, {-6, 5}, {8, 0}, {4, 7}, {-4, 7},
    {7, 4}, {-7, 4}, {8, 1}, {8, 2}, {6, 6}, {-6, 6}, {8, 3}, {5, 7}, {-5, 7}, {7, 5}, {-7, 5},
    {8, 4}, {6, 7}, {-6, 7}, {7, 6}, {-7, 6}, {8, 5}, {7, 7}, {-7, 7}, {8, 6}, {8, 7}
  };

  private final LosslessBits in;

  private LosslessDecoder(LosslessBits in) {
    this.in = in;
  }

  /** Decodes the part of a file that holds the stream. */
  static RgbImage decode(byte[] file, int from, int end) throws UnusableImageException {
    LosslessBits in = new LosslessBits(file, from, end);
    if (in.read(8) != SIGNATURE) {
      throw WebPDecoder.damaged("no signature");
    }
    int width = in.read(14) + 1;
    int height = in.read(14) + 1;
    int area = RgbImage.area(width, height);
    // Whether there is transparency, and the version.
    in.read(4);
    int[] pixels = new LosslessDecoder(in).picture(width, height);
    byte[] rgb = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      rgb[i] = (byte) (pixels[i] >> 16);
      rgb[area + i] = (byte) (pixels[i] >> 8);
      rgb[2 * area + i] = (byte) pixels[i];
    }
    return new RgbImage(width, height, rgb);
  }

  private int[] picture(int width, int height) throws UnusableImageException {
    Deque<LosslessTransform> transforms = new ArrayDeque<>();
    int written = width;
    int seen = 0;
    while (in.flag()) {
      int kind = in.read(2);
      if ((seen & (1 << kind)) != 0) {
        throw WebPDecoder.damaged("a transform that comes twice");
      }
      seen |= 1 << kind;
      transforms.push(transform(kind, written, height));
      written = transforms.element().width();
    }
    int[] pixels = image(written, height, true);
    for (LosslessTransform each : transforms) {
      pixels = each.undone(pixels, height);
    }
    return pixels;
  }

  private LosslessTransform transform(int kind, int width, int height)
      throws UnusableImageException {
    switch (kind) {
      case 0, 1 -> {
        int bits = in.read(3) + 2;
        int[] blocks = image(blocks(width, bits), blocks(height, bits), false);
        return kind == 0
            ? new LosslessTransform.Prediction(width, blocks, bits)
            : new LosslessTransform.CrossColour(width, blocks, bits);
      }
      case 2 -> {
        return new LosslessTransform.WithoutGreen(width);
      }
      default -> {
        int size = in.read(8) + 1;
        int[] colours = image(size, 1, false);
        for (int i = 1; i < size; i++) {
          colours[i] = LosslessTransform.sum(colours[i], colours[i - 1]);
        }
        int bits = size <= 2 ? 3 : size <= 4 ? 2 : size <= 16 ? 1 : 0;
        return new LosslessTransform.Palette(width, colours, bits);
      }
    }
  }

  private static int blocks(int length, int bits) {
    return (length + (1 << bits) - 1) >> bits;
  }

  /**
   * Reads an image.
   *
   * @param main whether it is the picture itself, whose tables of codes may change from block to
   *     block
   */
  private int[] image(int width, int height, boolean main) throws UnusableImageException {
    int cacheBits = in.flag() ? in.read(4) : 0;
    if (cacheBits > 11) {
      throw WebPDecoder.damaged("an impossible cache of colours");
    }
    int blockBits = 0;
    int[] groupOf = null;
    int groups = 1;
    if (main && in.flag()) {
      blockBits = in.read(3) + 2;
      groupOf = image(blocks(width, blockBits), blocks(height, blockBits), false);
      for (int i = 0; i < groupOf.length; i++) {
        groupOf[i] = (groupOf[i] >> 8) & 0xffff;
        groups = Math.max(groups, groupOf[i] + 1);
      }
    }
    int cacheSize = cacheBits == 0 ? 0 : 1 << cacheBits;
    PrefixCode[][] codes = new PrefixCode[groups][];
    for (int i = 0; i < groups; i++) {
      codes[i] =
          new PrefixCode[] {
            PrefixCode.read(in, LITERALS + LENGTHS + cacheSize),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, DISTANCES)
          };
    }
    return pixels(width, height, codes, groupOf, blockBits, cacheBits);
  }

  private int[] pixels(
      int width, int height, PrefixCode[][] codes, int[] groupOf, int blockBits, int cacheBits)
      throws UnusableImageException {
    int[] pixels = new int[width * height];
    int[] cache = new int[1 << cacheBits];
    int across = blocks(width, blockBits);
    int at = 0;
    while (at < pixels.length) {
      int block = ((at / width) >> blockBits) * across + ((at % width) >> blockBits);
      PrefixCode[] group = codes[groupOf == null ? 0 : groupOf[block]];
      int symbol = group[0].read(in);
      int end = at + 1;
      if (symbol < LITERALS) {
        int red = group[1].read(in);
        int blue = group[2].read(in);
        pixels[at] = group[3].read(in) << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTHS) {
        int length = number(symbol - LITERALS);
        int distance = distance(number(group[4].read(in)), width);
        if (distance > at || length > pixels.length - at) {
          throw WebPDecoder.damaged("a copy from outside the picture");
        }
        end = at + length;
        for (int i = at; i < end; i++) {
          pixels[i] = pixels[i - distance];
        }
      } else {
        pixels[at] = cache[symbol - LITERALS - LENGTHS];
      }
      for (; at < end; at++) {
        if (cacheBits > 0) {
          cache[(0x1e35a7bd * pixels[at]) >>> (32 - cacheBits)] = pixels[at];
        }
      }
    }
    return pixels;
  }

  /** A length or distance: small ones as they are, larger ones with bits of their own. */
  private int number(int symbol) throws UnusableImageException {
    if (symbol < 4) {
      return symbol + 1;
    }
    int bits = (symbol - 2) >> 1;
    return ((2 + (symbol & 1)) << bits) + in.read(bits) + 1;
  }

  private static int distance(int code, int width) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int[] near = NEAR[code - 1];
    return Math.max(1, near[1] * width + near[0]);
  }
}
