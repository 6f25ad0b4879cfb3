package dev.vernier.harness.protocols;

import dev.vernier.spi.Pixels;

/** What becomes of a decoder's floats in [-1, 1]; those beyond are clamped first. */
public enum Rounding {
  /** They stay floats. */
  NONE("floats, clamped"),
  /**
   * To the nearest of 256 levels, halves up. Only 0 lies on a half, which is also the one that
   * rounding to even takes up.
   */
  HALF_UP("8 bits, half up"),
  /**
   * {@code (x + 1) / 2 * 255} in single precision, without its fraction: of the 256 levels
   * themselves, many come back one lower. Between two tensors, on their way to a score.
   */
  TRUNCATED("8 bits, (x + 1) / 2 * 255 truncated"),
  /** {@code (x + 1) * 127.5 / 255 * 255} in single precision, without its fraction. */
  TRUNCATED_RESCALED("8 bits, (x + 1) * 127.5 / 255 * 255 truncated");

  private final String description;

  Rounding(String description) {
    this.description = description;
  }

  /** In words, for protocols. */
  public String description() {
    return description;
  }

  /** Whether those who round so write files, which hold what it gave. */
  boolean inFiles() {
    return this == HALF_UP || this == TRUNCATED_RESCALED;
  }

  /** The level, 0 to 255, which is whole but for {@link #NONE}. */
  public float level(float value) {
    float x = Math.max(-1, Math.min(1, value));
    return switch (this) {
      case NONE -> (float) (127.5 * ((double) x + 1));
      case HALF_UP -> Pixels.toByte(x) & 0xff;
      case TRUNCATED -> (int) ((x + 1f) / 2f * 255f);
      case TRUNCATED_RESCALED -> (int) ((x + 1f) * 127.5f / 255f * 255f);
    };
  }
}
