package dev.vernier.harness.decoding.jpeg;

/**
 * What a JPEG file holds, all components at the size of the picture.
 *
 * @param components how many there are: 1, 3 or 4
 * @param planes {@code [components, height, width]}, unsigned bytes
 * @param space what the components are
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record JpegSamples(int width, int height, int components, byte[] planes, Space space) {
  private static final int HALF = 1 << 15;

  // Weights of the differences of colour, times 2^16.
  private static final int RED_OF_RED = fraction(1.402);
  private static final int GREEN_OF_BLUE = fraction(0.34414);
  private static final int GREEN_OF_RED = fraction(0.71414);
  private static final int BLUE_OF_BLUE = fraction(1.772);
  private static final int CENTRE = 128;

  /** What components are. */
  public enum Space {
    /** One of grey. */
    GREY,
    /** Red, green and blue. */
    RGB,
    /** Luma and two differences of colour (JFIF 1.02, ITU-R BT.601 over the whole range). */
    YCC,
    /** Cyan, magenta, yellow and black. */
    CMYK,
    /** Black behind the complement of RGB as luma and differences of colour. */
    YCCK
  }

  /** Red, green and blue in place of luma and differences of colour, in the same array. */
  public static void toRgb(byte[] planes, int area) {
    for (int i = 0; i < area; i++) {
      int y = planes[i] & 0xff;
      int blue = (planes[area + i] & 0xff) - CENTRE;
      int red = (planes[2 * area + i] & 0xff) - CENTRE;
      planes[i] = clamped(y + ((RED_OF_RED * red + HALF) >> 16));
      planes[area + i] = clamped(y + ((HALF - GREEN_OF_BLUE * blue - GREEN_OF_RED * red) >> 16));
      planes[2 * area + i] = clamped(y + ((BLUE_OF_BLUE * blue + HALF) >> 16));
    }
  }

  private static int fraction(double factor) {
    return (int) (factor * (1 << 16) + 0.5);
  }

  private static byte clamped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** Cyan, magenta and yellow in the place of what encodes them. */
  public static void toCmy(byte[] planes, int area) {
    toRgb(planes, area);
    for (int i = 0; i < 3 * area; i++) {
      planes[i] = (byte) ~planes[i];
    }
  }
}
