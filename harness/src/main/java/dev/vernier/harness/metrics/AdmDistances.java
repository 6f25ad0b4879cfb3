package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Squared distances as the ADM suite computes them (Dhariwal and Nichol 2021): features, squared
 * lengths, products and every step of |x|^2 - 2x.y + |y|^2 in half precision, so that many
 * distances are equal, and that of a feature from itself is rarely 0. A block of 10,000 by 10,000
 * of which any distance is not finite counts in full precision instead.
 *
 * <p>Sums within a product are exact and then rounded; what TensorFlow does there depends on the
 * device.
 */
final class AdmDistances implements Distances {
  private static final int BLOCK = 10_000;

  /** Well below the largest number of half precision, which rounding upwards may approach. */
  private static final double SURELY_FINITE = 60_000;

  private final FeatureMatrix rows;
  private final FeatureMatrix others;
  private final FeatureColumns halfRows;
  private final FeatureColumns halfOthers;
  private final double[] rowLengths;
  private final double[] otherLengths;
  private final int block;

  AdmDistances(FeatureMatrix rows, FeatureMatrix others) {
    this(rows, others, BLOCK);
  }

  /**
   * With blocks of another size.
   *
   * @param block images of either set in a block, all of whose distances have one precision
   */
  AdmDistances(FeatureMatrix rows, FeatureMatrix others, int block) {
    this.rows = rows;
    this.others = others;
    this.halfRows = FeatureColumns.rounded(rows, HalfPrecision::round);
    this.halfOthers =
        others.values() == rows.values()
            ? halfRows
            : FeatureColumns.rounded(others, HalfPrecision::round);
    this.rowLengths = lengths(halfRows);
    this.otherLengths = lengths(halfOthers);
    this.block = block;
  }

  private static double[] lengths(FeatureColumns features) {
    return Arrays.stream(features.squaredLengths()).map(HalfPrecision::round).toArray();
  }

  @Override
  public void forEach(PairValues taker) {
    for (int top = 0; top < rows.rows(); top += block) {
      int bottom = Math.min(rows.rows(), top + block);
      for (int left = 0; left < others.rows(); left += block) {
        int right = Math.min(others.rows(), left + block);
        if (isFinite(top, bottom, left, right)) {
          half(top, bottom, left, right, taker);
        } else {
          full(top, bottom, left, right, taker);
        }
      }
    }
  }

  private boolean isFinite(int top, int bottom, int left, int right) {
    double longest = Arrays.stream(rowLengths, top, bottom).max().orElseThrow();
    double other = Arrays.stream(otherLengths, left, right).max().orElseThrow();
    double reach = Math.sqrt(longest) + Math.sqrt(other);
    if (reach * reach < SURELY_FINITE) {
      return true;
    }
    AtomicBoolean finite = new AtomicBoolean(true);
    half(
        top,
        bottom,
        left,
        right,
        (i, j, distance) -> {
          if (!Double.isFinite(distance)) {
            finite.set(false);
          }
        });
    return finite.get();
  }

  private void half(int top, int bottom, int left, int right, PairValues taker) {
    halfRows.forEachProduct(
        top,
        bottom,
        halfOthers,
        left,
        right,
        (i, j, product) -> {
          double twice = HalfPrecision.round(2 * HalfPrecision.round(product));
          double difference = HalfPrecision.round(rowLengths[i] - twice);
          taker.take(i, j, Math.max(0, HalfPrecision.round(difference + otherLengths[j])));
        });
  }

  private void full(int top, int bottom, int left, int right, PairValues taker) {
    FeatureColumns some = FeatureColumns.of(rows, IntStream.range(top, bottom).toArray());
    FeatureColumns of = FeatureColumns.of(others, IntStream.range(left, right).toArray());
    new SquaredDistances(some, of)
        .forEach((i, j, squared) -> taker.take(top + i, left + j, squared));
  }
}
