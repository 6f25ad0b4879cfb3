package dev.vernier.spi;

import java.util.List;

/**
 * How tokens are drawn.
 *
 * @param guidance scale s of classifier-free guidance {@code u + s (c - u)}; 1 is none
 * @param perSubCodebook temperature and cut-offs of each sub-codebook; one entry serves all
 * @param seed decides every draw: the same seed, labels and settings give the same tokens
 */
public record SamplingSettings(double guidance, List<Cutoff> perSubCodebook, long seed) {
  /** Checks the numbers. */
  public SamplingSettings {
    perSubCodebook = List.copyOf(perSubCodebook);
    if (guidance < 0 || perSubCodebook.isEmpty()) {
      throw new IllegalArgumentException(
          "guidance must be at least 0 and at least one cut-off given");
    }
  }

  /** The cut-off of a sub-codebook. */
  public Cutoff cutoff(int subCodebook) {
    return perSubCodebook.get(Math.min(subCodebook, perSubCodebook.size() - 1));
  }

  /**
   * Temperature and cut-offs.
   *
   * @param temperature divides the logits; above 0
   * @param topK only the k most probable entries, ties at the threshold included; 0 for all
   * @param topP only the most probable entries up to this mass, the one that crosses it included; 1
   *     for all
   */
  public record Cutoff(double temperature, int topK, double topP) {
    /** Checks the numbers. */
    public Cutoff {
      if (!(temperature > 0) || topK < 0 || !(topP >= 0 && topP <= 1)) {
        throw new IllegalArgumentException(
            "temperature "
                + temperature
                + ", top-k "
                + topK
                + ", top-p "
                + topP
                + " are out of range");
      }
    }
  }
}
