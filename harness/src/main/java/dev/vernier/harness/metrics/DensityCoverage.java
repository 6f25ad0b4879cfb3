package dev.vernier.harness.metrics;

import java.util.Arrays;

/**
 * Density and coverage (Naeem et al. 2020), where precision and recall count outliers in full.
 *
 * @param density how many nearest-neighbour balls of real images a generated image lies in, as a
 *     share of k; may exceed 1
 * @param coverage share of the real images whose ball holds a generated image
 */
public record DensityCoverage(double density, double coverage) {
  /** The published number of neighbours. */
  public static final int NEIGHBOURS = 5;

  /**
   * Compares two sets; distances in double, balls without their surface.
   *
   * @param neighbours k; the image itself does not count
   * @throws IllegalArgumentException if there are no more than k real images
   */
  public static DensityCoverage of(FeatureMatrix real, FeatureMatrix generated, int neighbours) {
    double[] radii = NearestNeighbours.squaredRadii(real, neighbours);
    long[] balls = new long[generated.rows()];
    boolean[] covered = new boolean[real.rows()];
    new SquaredDistances(generated, real)
        .forEach(
            (row, centre, squared) -> {
              if (squared < radii[centre]) {
                balls[row]++;
                // Several threads may set one flag, but none unsets it.
                covered[centre] = true;
              }
            });
    double density = (double) Arrays.stream(balls).sum() / neighbours / generated.rows();
    return new DensityCoverage(density, NearestNeighbours.share(covered));
  }
}
