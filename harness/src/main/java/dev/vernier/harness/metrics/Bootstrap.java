package dev.vernier.harness.metrics;

import dev.vernier.records.Metric.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** 95% intervals that say how far a number depends on which images happened to be measured. */
public final class Bootstrap {
  private static final int LARGE = 512;
  private static final double TAIL = 2.5;
  private static final double UPPER = 0.975;

  private Bootstrap() {}

  /**
   * Frechet distances of resampled paired images: image numbers are drawn with replacement, and
   * both images of a pair are taken together. The draws depend on the seed and the number of images
   * only, so replicate r of two tokenizers rests on the same images.
   *
   * @param count how many resamples
   * @param done called after each of them, by several threads
   */
  public static double[] frechet(
      FeatureMatrix real, FeatureMatrix other, int count, long seed, Runnable done) {
    if (real.rows() != other.rows()) {
      throw new IllegalArgumentException(
          real.rows() + " and " + other.rows() + " images do not make pairs");
    }
    return resampled(
        other,
        counts ->
            FrechetDistance.between(
                FeatureStatistics.of(real, counts), FeatureStatistics.of(other, counts)),
        count,
        seed,
        done);
  }

  /**
   * Frechet distances of resampled images from fixed statistics: what they would have been, had
   * other images been drawn.
   *
   * @param count how many resamples
   * @param done called after each of them, by several threads
   */
  public static double[] frechet(
      FeatureStatistics fixed, FeatureMatrix images, int count, long seed, Runnable done) {
    return resampled(
        images,
        counts -> FrechetDistance.between(fixed, FeatureStatistics.of(images, counts)),
        count,
        seed,
        done);
  }

  private static double[] resampled(
      FeatureMatrix images, ToDoubleFunction<int[]> distance, int count, long seed, Runnable done) {
    // Large matrices are shared out over the threads one after the other, to bound the memory.
    Stream<int[]> draws = draws(images.rows(), count, seed);
    return (images.columns() > LARGE ? draws : draws.parallel())
        .mapToDouble(distance)
        .peek(each -> done.run())
        .toArray();
  }

  /**
   * A number of resampled images, drawn as those of the Frechet distances are.
   *
   * @param number from how often each image was drawn; called by several threads
   * @param count how many resamples
   */
  static double[] resampled(int images, ToDoubleFunction<int[]> number, int count, long seed) {
    return draws(images, count, seed).parallel().mapToDouble(number).toArray();
  }

  /**
   * What is derived from resampled images, drawn as those of the Frechet distances are.
   *
   * @param derived from how often each image was drawn; called by several threads
   * @param count how many resamples
   */
  static <T> List<T> each(int images, Function<int[], T> derived, int count, long seed) {
    return draws(images, count, seed).parallel().map(derived).toList();
  }

  /** How often each image was drawn, resample by resample. */
  static Stream<int[]> draws(int images, int count, long seed) {
    return LongStream.of(new SplittableRandom(seed).longs(count).toArray())
        .mapToObj(each -> draw(images, new SplittableRandom(each)));
  }

  /**
   * A distance without the bias of so few images: resamples are to the set what sets are to all
   * images, so their mean is off by as much, {@code 2 v - mean} (Efron and Tibshirani 1993, chapter
   * 10). May be below 0.
   *
   * @param value the distance v of the whole set
   * @param replicates what {@link #frechet} gave, at least one
   */
  public static double corrected(double value, double[] replicates) {
    return 2 * value - StatUtils.mean(replicates);
  }

  /**
   * The interval of a distance from its replicates: of the distance of as many images, which their
   * number biases upwards, and not of that of all there could be. A resample holds fewer distinct
   * images than the set, which biases its distance upwards, so the percentiles are shifted by the
   * mean bias (Efron and Tibshirani 1993, chapter 10) and cut off at 0.
   *
   * @param value the distance of the whole set
   * @param replicates what {@link #frechet} gave; where there are none, there is no interval
   */
  public static Optional<Interval> interval(double value, double[] replicates) {
    if (replicates.length == 0) {
      return Optional.empty();
    }
    double bias = StatUtils.mean(replicates) - value;
    Percentile percentile = new Percentile();
    percentile.setData(replicates);
    double low = Math.max(0, percentile.evaluate(TAIL) - bias);
    double high = percentile.evaluate(100 - TAIL) - bias;
    return Optional.of(new Interval(Math.min(low, value), Math.max(high, value)));
  }

  private static int[] draw(int count, SplittableRandom random) {
    int[] counts = new int[count];
    for (int i = 0; i < count; i++) {
      counts[random.nextInt(count)]++;
    }
    return counts;
  }

  /** The interval of a mean over images by Student's t; empty for fewer than two. */
  public static Optional<Interval> mean(double[] perImage) {
    int n = perImage.length;
    if (n < 2) {
      return Optional.empty();
    }
    double mean = Arrays.stream(perImage).sum() / n;
    double error = Math.sqrt(StatUtils.variance(perImage) / n);
    double reach = new TDistribution(n - 1).inverseCumulativeProbability(UPPER) * error;
    return Optional.of(new Interval(mean - reach, mean + reach));
  }
}
