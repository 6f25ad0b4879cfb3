package dev.vernier.harness.decoding.webp;

/**
 * What an encoder did to the pixels, and how it is undone (RFC 9649, section 3.5). Pixels are
 * {@code 0xAARRGGBB}.
 */
interface LosslessTransform {
  /** Width of the picture that was written; it is that of the result but for small palettes. */
  int width();

  /** Undoes it. */
  int[] undone(int[] pixels, int height);

  /** Channel by channel, each modulo 256. */
  static int sum(int a, int b) {
    int even = (a & 0xff00ff) + (b & 0xff00ff);
    int odd = (a & 0xff00ff00) + (b & 0xff00ff00);
    return (even & 0xff00ff) | (odd & 0xff00ff00);
  }

  /**
   * Pixels as differences from a guess by their neighbours.
   *
   * @param modes how to guess, a pixel a block
   * @param bits logarithm of a block's side
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Prediction(int width, int[] modes, int bits) implements LosslessTransform {
    private static final int BLACK = 0xff000000;

    @Override
    public int[] undone(int[] pixels, int height) {
      int blocks = (width + (1 << bits) - 1) >> bits;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = y * width + x;
          int guess;
          if (y == 0) {
            guess = x == 0 ? BLACK : pixels[at - 1];
          } else if (x == 0) {
            guess = pixels[at - width];
          } else {
            guess = guess(modes[(y >> bits) * blocks + (x >> bits)] >> 8, pixels, at);
          }
          pixels[at] = sum(pixels[at], guess);
        }
      }
      return pixels;
    }

    private int guess(int mode, int[] pixels, int at) {
      int left = pixels[at - 1];
      int top = pixels[at - width];
      int topLeft = pixels[at - width - 1];
      // At the right edge the first pixel of this row.
      int topRight = pixels[at - width + 1];
      return switch (mode & 15) {
        case 1 -> left;
        case 2 -> top;
        case 3 -> topRight;
        case 4 -> topLeft;
        case 5 -> mean(mean(left, topRight), top);
        case 6 -> mean(left, topLeft);
        case 7 -> mean(left, top);
        case 8 -> mean(topLeft, top);
        case 9 -> mean(top, topRight);
        case 10 -> mean(mean(left, topLeft), mean(top, topRight));
        case 11 -> nearer(left, top, topLeft);
        case 12 -> gradient(left, top, topLeft, 1);
        case 13 -> gradient(mean(left, top), mean(left, top), topLeft, 2);
        default -> BLACK;
      };
    }

    private static int mean(int a, int b) {
      return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
    }

    private static int nearer(int left, int top, int topLeft) {
      int toLeft = 0;
      int toTop = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int corner = (topLeft >>> shift) & 0xff;
        toLeft += Math.abs(((top >>> shift) & 0xff) - corner);
        toTop += Math.abs(((left >>> shift) & 0xff) - corner);
      }
      return toLeft < toTop ? left : top;
    }

    /** {@code a + (b - c) / divisor}, clamped. */
    private static int gradient(int a, int b, int c, int divisor) {
      int result = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int difference = ((b >>> shift) & 0xff) - ((c >>> shift) & 0xff);
        int value = ((a >>> shift) & 0xff) + difference / divisor;
        result |= Math.max(0, Math.min(255, value)) << shift;
      }
      return result;
    }
  }

  /**
   * Red and blue as differences from shares of green, blue from one of red as well.
   *
   * @param shares a pixel a block
   * @param bits logarithm of a block's side
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record CrossColour(int width, int[] shares, int bits) implements LosslessTransform {
    @Override
    public int[] undone(int[] pixels, int height) {
      int blocks = (width + (1 << bits) - 1) >> bits;
      for (int i = 0; i < width * height; i++) {
        int share = shares[((i / width) >> bits) * blocks + ((i % width) >> bits)];
        int pixel = pixels[i];
        int green = pixel >> 8;
        int red = ((pixel >> 16) + part(share, green)) & 0xff;
        int blue = (pixel + part(share >> 8, green) + part(share >> 16, red)) & 0xff;
        pixels[i] = (pixel & 0xff00ff00) | red << 16 | blue;
      }
      return pixels;
    }

    private static int part(int share, int value) {
      return ((byte) share * (byte) value) >> 5;
    }
  }

  /** Red and blue as differences from green. */
  record WithoutGreen(int width) implements LosslessTransform {
    @Override
    public int[] undone(int[] pixels, int height) {
      for (int i = 0; i < width * height; i++) {
        int green = (pixels[i] >> 8) & 0xff;
        pixels[i] = sum(pixels[i], green << 16 | green);
      }
      return pixels;
    }
  }

  /**
   * Places in a palette, several a pixel where it is small.
   *
   * @param fullWidth width of the result
   * @param bits logarithm of how many places a pixel holds
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Palette(int fullWidth, int[] colours, int bits) implements LosslessTransform {
    @Override
    public int width() {
      return (fullWidth + (1 << bits) - 1) >> bits;
    }

    @Override
    public int[] undone(int[] pixels, int height) {
      int[] result = new int[fullWidth * height];
      int size = 8 >> bits;
      for (int i = 0; i < result.length; i++) {
        int x = i % fullWidth;
        int packed = (pixels[i / fullWidth * width() + (x >> bits)] >> 8) & 0xff;
        int place = (x & ((1 << bits) - 1)) * size;
        int index = (packed >> place) & ((1 << size) - 1);
        result[i] = index < colours.length ? colours[index] : 0;
      }
      return result;
    }
  }
}
