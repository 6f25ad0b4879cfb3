package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;

/** A picture that is drawn pixel by pixel; black at first. Pixels are counted row by row. */
final class Canvas {
  private final int width;
  private final int height;
  private final int area;
  private final byte[] rgb;

  /**
   * A canvas.
   *
   * @throws UnusableImageException if there is no picture of that size
   */
  Canvas(long width, long height) throws UnusableImageException {
    this.area = RgbImage.area(width, height);
    this.width = (int) width;
    this.height = (int) height;
    this.rgb = new byte[3 * area];
  }

  void grey(int pixel, int value) {
    set(pixel, value, value, value);
  }

  /** Draws a pixel of values from 0 to 255. */
  void set(int pixel, int red, int green, int blue) {
    rgb[pixel] = (byte) red;
    rgb[area + pixel] = (byte) green;
    rgb[2 * area + pixel] = (byte) blue;
  }

  /** Draws a pixel of a colour {@code 0xRRGGBB}. */
  void set(int pixel, int colour) {
    set(pixel, colour >> 16, colour >> 8, colour);
  }

  /** Draws a pixel of inks from 0 to 255, without any colour management. */
  void inks(int pixel, int cyan, int magenta, int yellow, int black) {
    int light = 255 - black;
    set(
        pixel,
        light - product(cyan, light),
        light - product(magenta, light),
        light - product(yellow, light));
  }

  /** {@code a * b / 255}, rounded. */
  private static int product(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  /** What was drawn. */
  RgbImage image() {
    return new RgbImage(width, height, rgb);
  }
}
