package dev.vernier.harness.decoding.webp;

import java.util.Arrays;

/**
 * Luma or one difference of colour, with margins from which pixels at the edges are predicted: one
 * row above, one column to the left, and four columns to the right.
 */
final class Plane {
  private static final int ABOVE = 127;
  private static final int LEFT = 129;
  private static final int RIGHT = 4;

  final int stride;
  final int height;
  final byte[] samples;

  Plane(int width, int height) {
    this.stride = 1 + width + RIGHT;
    this.height = height;
    this.samples = new byte[stride * (height + 1)];
    Arrays.fill(samples, 0, stride, (byte) ABOVE);
    for (int y = 0; y < height; y++) {
      samples[at(-1, y)] = (byte) LEFT;
    }
  }

  /** Where a sample is; from -1 on either way. */
  int at(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  int get(int at) {
    return samples[at] & 0xff;
  }

  void set(int at, int value) {
    samples[at] = (byte) Math.max(0, Math.min(255, value));
  }

  /** Repeats the last sample of a row in the right margin. */
  void endRow(int y) {
    int end = (y + 2) * stride;
    Arrays.fill(samples, end - RIGHT, end, samples[end - RIGHT - 1]);
  }
}
