package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.RgbImage;

/**
 * From luma and halved differences of colour to RGB, as libwebp does: differences interpolated with
 * weights of 9, 3, 3 and 1 of 16, colours in 14 bits of fraction.
 */
final class LossyColours {
  private final Plane luma;
  private final Plane blue;
  private final Plane red;
  private final int width;
  private final int height;
  private final byte[] rgb;

  LossyColours(Plane luma, Plane blue, Plane red, int width, int height) {
    this.luma = luma;
    this.blue = blue;
    this.red = red;
    this.width = width;
    this.height = height;
    this.rgb = new byte[3 * width * height];
  }

  RgbImage image() {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        draw(
            y * width + x,
            luma.get(luma.at(x, y)),
            interpolated(blue, x, y),
            interpolated(red, x, y));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private int interpolated(Plane plane, int x, int y) {
    int nearX = x / 2;
    int nearY = y / 2;
    int farX = Math.max(0, Math.min((width - 1) / 2, x % 2 == 0 ? nearX - 1 : nearX + 1));
    int farY = Math.max(0, Math.min((height - 1) / 2, y % 2 == 0 ? nearY - 1 : nearY + 1));
    int near = plane.get(plane.at(nearX, nearY));
    int below = plane.get(plane.at(nearX, farY));
    if (nearX == farX) {
      return (3 * near + below + 2) >> 2;
    }
    int beside = plane.get(plane.at(farX, nearY));
    int far = plane.get(plane.at(farX, farY));
    // The two roundings are part of the result.
    int diagonal = (near + far + 3 * (beside + below) + 8) >> 3;
    return (near + diagonal) >> 1;
  }

  private void draw(int pixel, int y, int u, int v) {
    int light = product(y, 19077);
    int area = width * height;
    rgb[pixel] = clamped(light + product(v, 26149) - 14234);
    rgb[area + pixel] = clamped(light - product(u, 6419) - product(v, 13320) + 8708);
    rgb[2 * area + pixel] = clamped(light + product(u, 33050) - 17685);
  }

  private static int product(int value, int factor) {
    return (value * factor) >> 8;
  }

  private static byte clamped(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
