package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Entropy of codes in bits, from how often each that occurred did. The plug-in estimate is that of
 * the counts themselves, which no set of N tokens can take past log2 N however many codes are in
 * use; the others estimate what the set did not show.
 */
public final class Entropy {
  private static final double LOG_2 = Math.log(2);

  private Entropy() {}

  /**
   * The plug-in estimate.
   *
   * @param ascending counts of the codes that occurred, ascending: the order fixes the bits
   */
  public static double plugIn(long[] ascending) {
    long samples = LongStream.of(ascending).sum();
    double entropy = 0;
    for (long count : ascending) {
      double p = (double) count / samples;
      entropy += p * Math.log(1 / p) / LOG_2;
    }
    return entropy;
  }

  /**
   * The plug-in estimate and the first term of its bias, {@code (m - 1) / 2N} nats for m codes that
   * occurred among N tokens (Miller 1955). Right where N is several times m.
   *
   * @param ascending counts of the codes that occurred, ascending
   */
  public static double millerMadow(long[] ascending) {
    double samples = LongStream.of(ascending).sum();
    return plugIn(ascending) + (ascending.length - 1) / (2 * samples) / LOG_2;
  }

  /**
   * The estimate of Chao and Shen (2003): shares are shrunk by the estimated coverage, and each
   * code is weighted by how likely it was to occur at all. It serves where most codes were not
   * seen. Where no code occurred twice, one is taken to have, as the authors do: the estimate is
   * then no more than a lower bound.
   *
   * @param ascending counts of the codes that occurred, ascending
   */
  public static double chaoShen(long[] ascending) {
    long samples = LongStream.of(ascending).sum();
    double single = Math.min(Richness.singletons(ascending), samples - 1);
    double coverage = 1 - single / samples;
    return Arrays.stream(ascending)
        .mapToDouble(count -> coverage * count / samples)
        .map(p -> p * Math.log(1 / p) / LOG_2 / -Math.expm1(samples * Math.log1p(-p)))
        .sum();
  }
}
