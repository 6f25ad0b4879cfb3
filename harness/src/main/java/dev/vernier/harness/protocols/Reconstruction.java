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
   * The same in another size, as {@link BicubicInterpolation} has it; empty where it was rounded
   * before.
   *
   * @param from side of the square
   * @param to side of the new one
   */
  Optional<Reconstruction> resized(int from, int to);

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

    @Override
    public Optional<Reconstruction> resized(int from, int to) {
      return Optional.of(new Decoded(BicubicInterpolation.of(values, from, to)));
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

    @Override
    public Optional<Reconstruction> resized(int from, int to) {
      return Optional.empty();
    }
  }
}
