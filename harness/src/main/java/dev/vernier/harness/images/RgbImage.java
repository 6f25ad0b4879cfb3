package dev.vernier.harness.images;

/**
 * An RGB picture of any size.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb planar {@code [3, height, width]}, unsigned bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record RgbImage(int width, int height, byte[] rgb) {
  /** Above this number of pixels a file is taken for an attack, as Pillow does. */
  private static final long MOST_PIXELS = 178_956_970;

  /** Checks the number of bytes. */
  public RgbImage {
    if (rgb.length != 3 * width * height) {
      throw new IllegalArgumentException(
          rgb.length + " bytes are not a picture of " + width + " x " + height);
    }
  }

  /**
   * The number of pixels of a picture that a file announces.
   *
   * @throws UnusableImageException if there are none, or too many to be read
   */
  public static int area(long width, long height) throws UnusableImageException {
    if (width <= 0 || height <= 0) {
      throw new UnusableImageException("a picture of " + width + " x " + height);
    }
    if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
      throw new UnusableImageException(
          "a picture of " + width + " x " + height + ", more than " + MOST_PIXELS + " pixels");
    }
    return (int) (width * height);
  }

  /** The picture from interleaved {@code [height, width, 3]} bytes. */
  public static RgbImage interleaved(int width, int height, byte[] pixels) {
    int area = width * height;
    byte[] planar = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < 3; c++) {
        planar[c * area + i] = pixels[3 * i + c];
      }
    }
    return new RgbImage(width, height, planar);
  }

  /** The part from a corner on. */
  public RgbImage crop(int left, int top, int newWidth, int newHeight) {
    byte[] part = new byte[3 * newWidth * newHeight];
    for (int row = 0; row < 3 * newHeight; row++) {
      int channel = row / newHeight;
      int source = (channel * height + top + row % newHeight) * width + left;
      System.arraycopy(rgb, source, part, row * newWidth, newWidth);
    }
    return new RgbImage(newWidth, newHeight, part);
  }

  /** The picture as a mirror shows it. */
  public RgbImage mirrored() {
    byte[] flipped = new byte[rgb.length];
    for (int row = 0; row < 3 * height; row++) {
      for (int x = 0; x < width; x++) {
        flipped[row * width + x] = rgb[row * width + width - 1 - x];
      }
    }
    return new RgbImage(width, height, flipped);
  }
}
