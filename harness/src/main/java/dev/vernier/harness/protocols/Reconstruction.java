package dev.vernier.harness.protocols;

import dev.vernier.harness.metrics.Ssim;
import java.util.Optional;

/** One image as it came back. */
public sealed interface Reconstruction {
  /**
   * The levels that a protocol looks at; empty where what came back was rounded in another way.
   *
   * @return planar {@code [3, height, width]}, 0 to 255
   */
  Optional<float[]> levels(Rounding rounding);

  /**
   * What a decoder gave.
   *
   * @param values planar {@code [3, height, width]}, [-1, 1] and what lies beyond
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Decoded(float[] values) implements Reconstruction {
    @Override
    public Optional<float[]> levels(Rounding rounding) {
      float[] levels = new float[values.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = rounding.level(values[i]);
      }
      return Optional.of(levels);
    }
  }

  /**
   * What a file holds: taken for what the protocol's own rounding made, where its authors write
   * files.
   *
   * @param rgb planar {@code [3, height, width]}, unsigned bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Stored(byte[] rgb) implements Reconstruction {
    @Override
    public Optional<float[]> levels(Rounding rounding) {
      return rounding.inFiles() ? Optional.of(Ssim.levels(rgb)) : Optional.empty();
    }
  }
}
