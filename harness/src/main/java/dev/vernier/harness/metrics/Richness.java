package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.LongStream;

/** How many codes are in use, the unseen ones counted in, from how often each that occurred did. */
public final class Richness {
  private Richness() {}

  /** How many codes occurred once. */
  static long singletons(long[] counts) {
    return Arrays.stream(counts).filter(count -> count == 1).count();
  }

  /**
   * The probability that the next token is a code that has not occurred yet: the share of tokens
   * whose code occurred once (Good 1953, after Turing).
   *
   * @param counts of the codes that occurred
   */
  public static double unseenMass(long[] counts) {
    return (double) singletons(counts) / LongStream.of(counts).sum();
  }

  /**
   * How many codes are expected among fewer tokens, drawn without replacement (Hurlbert 1971): what
   * sets of different size are compared by.
   *
   * @param ascending counts of the codes that occurred, ascending
   * @param tokens at most as many as there are
   */
  public static double rarefied(long[] ascending, long tokens) {
    long samples = LongStream.of(ascending).sum();
    if (tokens > samples) {
      throw new IllegalArgumentException(tokens + " tokens of " + samples);
    }
    double expected = 0;
    // The probability that none of the tokens is among the first so many of all.
    double absent = 1;
    long reached = 0;
    for (long count : ascending) {
      for (; reached < count && absent > 0; reached++) {
        absent *= Math.max(0, (double) (samples - tokens - reached) / (samples - reached));
      }
      expected += 1 - absent;
    }
    return expected;
  }
}
