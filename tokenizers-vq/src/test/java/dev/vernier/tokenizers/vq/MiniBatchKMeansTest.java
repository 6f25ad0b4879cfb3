package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MiniBatchKMeansTest {
  /** Two dimensions, {@code clusters} of them far apart on a line, each 0.1 wide. */
  private static float[] clouds(int clusters, int each) {
    Random random = new Random(7);
    float[] points = new float[2 * clusters * each];
    for (int n = 0; n < clusters * each; n++) {
      points[2 * n] = 10f * (n % clusters) + 0.1f * (float) random.nextGaussian();
      points[2 * n + 1] = 0.1f * (float) random.nextGaussian();
    }
    return points;
  }

  private static double meanSquareDistance(float[] points, float[] centres) {
    double sum = 0;
    for (int n = 0; n < points.length; n += 2) {
      double least = Double.MAX_VALUE;
      for (int k = 0; k < centres.length; k += 2) {
        double dx = points[n] - centres[k];
        double dy = points[n + 1] - centres[k + 1];
        least = Math.min(least, dx * dx + dy * dy);
      }
      sum += least;
    }
    return 2 * sum / points.length;
  }

  @Test
  void centres_areBetterThanThePointsTheyBeganAs() {
    float[] points = clouds(50, 40);
    float[] centres = MiniBatchKMeans.centres(points, 2, 200, 3);
    assertThat(centres).hasSize(400);
    double random = meanSquareDistance(points, Arrays.copyOf(points, 400));
    assertThat(meanSquareDistance(points, centres)).isLessThan(0.9 * random).isLessThan(0.02);
  }

  @Test
  void centresOfOneCloud_areItsMean() {
    float[] points = clouds(1, 1000);
    double mean = 0;
    for (int n = 0; n < points.length; n += 2) {
      mean += points[n] / 1000.0;
    }
    float[] centre = MiniBatchKMeans.centres(points, 2, 1, 3);
    assertThat((double) centre[0]).isCloseTo(mean, Offset.offset(1e-5));
  }

  @Test
  void moreCentresThanPoints_areThePointsAndNearRepetitions() {
    float[] points = {1, 0, 0, 5};
    float[] centres = MiniBatchKMeans.centres(points, 2, 6, 3);
    assertThat(centres).hasSize(12).startsWith(points);
    for (int k = 2; k < 6; k++) {
      float[] repetition = {centres[2 * k], centres[2 * k + 1]};
      double distance = meanSquareDistance(/* points= */ repetition, /* centres= */ points);
      assertThat(distance).isPositive().isLessThan(0.1);
    }
  }

  /** Of two equal centres the second would never move. */
  @Test
  void equalPoints_areNoTwoCentres() {
    float[] points = new float[2 * 1000];
    Arrays.fill(points, 3);
    for (int n = 0; n < 20; n += 2) {
      points[n] = 10 + n;
    }
    float[] centres = MiniBatchKMeans.centres(points, 2, 11, 3);
    for (int n = 0; n < 20; n += 2) {
      assertThat(meanSquareDistance(Arrays.copyOfRange(points, n, n + 2), centres)).isZero();
    }
  }

  @Test
  void sameSeed_givesTheSameCentres() {
    float[] points = clouds(5, 100);
    float[] centres = MiniBatchKMeans.centres(points, 2, 20, 3);
    assertThat(MiniBatchKMeans.centres(points, 2, 20, 3)).isEqualTo(centres);
    assertThat(MiniBatchKMeans.centres(points, 2, 20, 4)).isNotEqualTo(centres);
  }
}
