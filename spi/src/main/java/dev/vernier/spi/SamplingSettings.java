package dev.vernier.spi;

import java.util.List;

/**
 * How tokens are drawn.
 *
 * @param perSubCodebook of each sub-codebook; one entry serves all
 * @param schedule how guidance changes over the positions of a grid
 * @param seed decides every draw, together with the number of an image
 */
public record SamplingSettings(List<Draw> perSubCodebook, GuidanceSchedule schedule, long seed) {
  /** Checks the numbers. */
  public SamplingSettings {
    perSubCodebook = List.copyOf(perSubCodebook);
    if (perSubCodebook.isEmpty()) {
      throw new IllegalArgumentException("there is no sub-codebook to draw from");
    }
  }

  /** How a sub-codebook is drawn from. */
  public Draw of(int subCodebook) {
    return perSubCodebook.get(Math.min(subCodebook, perSubCodebook.size() - 1));
  }

  /** Whether any guidance differs from 1, so that the unconditional branch has to run. */
  public boolean isGuided() {
    return perSubCodebook.stream().anyMatch(each -> each.guidance() != 1);
  }

  /**
   * Guidance, temperature and cut-offs.
   *
   * @param guidance scale s of classifier-free guidance {@code u + s (c - u)} of logits; 1 is none
   * @param temperature divides the logits; above 0
   * @param topK only the k most probable entries, ties at the threshold included; 0 for all
   * @param topP only the most probable entries up to this mass, the one that crosses it included; 1
   *     for all
   */
  public record Draw(double guidance, double temperature, int topK, double topP) {
    /** Checks the numbers. */
    public Draw {
      if (!(guidance >= 0) || !(temperature > 0) || topK < 0 || !(topP >= 0 && topP <= 1)) {
        throw new IllegalArgumentException(
            "guidance "
                + guidance
                + ", temperature "
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
