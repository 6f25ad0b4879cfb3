package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Distances extrapolated to infinitely many generated images (Chong and Forsyth 2020): to first
 * order their bias is proportional to 1/N, so the line through 15 sizes N, from a tenth of the
 * images to all of them, meets 1/N = 0 where there is none. Each size is a shuffle's first images.
 */
public final class InfiniteSamples {
  /** Sizes a line is fitted through. */
  public static final int POINTS = 15;

  /** The smallest size is one such part of the images. */
  public static final int SMALLEST_PART = 10;

  private InfiniteSamples() {}

  /**
   * The Frechet distance from fixed statistics.
   *
   * @param seed of NumPy's legacy generator, which shuffles the images for every size anew
   * @throws IllegalArgumentException if a tenth of the images is less than two
   */
  public static double frechet(FeatureStatistics real, FeatureMatrix generated, int seed) {
    return extrapolated(
        generated.rows(),
        counts -> FrechetDistance.between(real, FeatureStatistics.of(generated, counts)),
        seed);
  }

  /**
   * The Frechet distance of pairs: each size takes the same images of both sides. Partners err
   * alike, so their distance has a bias of its own, far below that of images without partners.
   *
   * @param seed as of {@link #frechet(FeatureStatistics, FeatureMatrix, int)}
   * @throws IllegalArgumentException if a tenth of the pairs is less than two
   */
  public static double frechet(FeatureMatrix real, FeatureMatrix other, int seed) {
    return extrapolated(
        other.rows(),
        counts ->
            FrechetDistance.between(
                FeatureStatistics.of(real, counts), FeatureStatistics.of(other, counts)),
        seed);
  }

  private static double extrapolated(int images, ToDoubleFunction<int[]> distance, int seed) {
    int[][] parts = parts(images, seed);
    double[] distances = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int[] counts = new int[images];
      for (int image : parts[i]) {
        counts[image] = 1;
      }
      distances[i] = distance.applyAsDouble(counts);
    }
    return intercept(parts, distances);
  }

  /**
   * The kernel distance from all real images; it is unbiased, so the line is level but for chance.
   *
   * @param seed as of {@link #frechet(FeatureStatistics, FeatureMatrix, int)}
   * @throws IllegalArgumentException if a tenth of the images is less than two
   */
  public static double kernel(FeatureMatrix real, FeatureMatrix generated, int seed) {
    int[][] parts = parts(generated.rows(), seed);
    int[][] everything = new int[POINTS][];
    Arrays.fill(everything, IntStream.range(0, real.rows()).toArray());
    return intercept(parts, KernelDistance.ofParts(real, everything, generated, parts));
  }

  /** The images of each size. */
  static int[][] parts(int images, int seed) {
    int smallest = images / SMALLEST_PART;
    if (smallest < 2) {
      throw new IllegalArgumentException(
          images + " images are too few for sizes from a tenth of them");
    }
    NumpyRandomState random = new NumpyRandomState(seed);
    int[][] parts = new int[POINTS][];
    for (int i = 0; i < POINTS; i++) {
      int size = (int) (smallest + (long) i * (images - smallest) / (POINTS - 1));
      parts[i] = Arrays.copyOf(random.permutation(images), size);
    }
    return parts;
  }

  private static double intercept(int[][] parts, double[] distances) {
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < parts.length; i++) {
      line.addData(1.0 / parts[i].length, distances[i]);
    }
    return line.getIntercept();
  }
}
