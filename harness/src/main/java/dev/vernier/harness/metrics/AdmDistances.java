package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

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
    this.rowLengths = lengths(rows);
    this.otherLengths = lengths(others);
    this.block = block;
  }

  private static double[] lengths(FeatureMatrix features) {
    double[] squares = FeatureColumns.squaredLengths(features, HalfPrecision::round);
    return Arrays.stream(squares).map(HalfPrecision::round).toArray();
  }

  @Override
  public void forEach(PairValues taker) {
    for (int top = 0; top < rows.rows(); top += block) {
      int bottom = Math.min(rows.rows(), top + block);
      for (int left = 0; left < others.rows(); left += block) {
        int right = Math.min(others.rows(), left + block);
        Block pairs = new Block(top, bottom, left, right);
        if (isFinite(pairs)) {
          half(pairs, taker);
        } else {
          full(pairs, taker);
        }
      }
    }
  }

  /** Rows {@code top} to {@code bottom - 1} and others {@code left} to {@code right - 1}. */
  private record Block(int top, int bottom, int left, int right) {}

  private boolean isFinite(Block pairs) {
    double longest = Arrays.stream(rowLengths, pairs.top(), pairs.bottom()).max().orElseThrow();
    double other = Arrays.stream(otherLengths, pairs.left(), pairs.right()).max().orElseThrow();
    double reach = Math.sqrt(longest) + Math.sqrt(other);
    if (reach * reach < SURELY_FINITE) {
      return true;
    }
    AtomicBoolean finite = new AtomicBoolean(true);
    half(
        pairs,
        (i, j, distance) -> {
          if (!Double.isFinite(distance)) {
            finite.set(false);
          }
        });
    return finite.get();
  }

  private void half(Block pairs, PairValues taker) {
    FeatureColumns.forEachProduct(
        new FeatureColumns.Range(rows, pairs.top(), pairs.bottom()),
        new FeatureColumns.Range(others, pairs.left(), pairs.right()),
        HalfPrecision::round,
        (i, j, product) -> {
          double twice = HalfPrecision.round(2 * HalfPrecision.round(product));
          double difference = HalfPrecision.round(rowLengths[i] - twice);
          taker.take(i, j, Math.max(0, HalfPrecision.round(difference + otherLengths[j])));
        });
  }

  private void full(Block pairs, PairValues taker) {
    new SquaredDistances(
            part(rows, pairs.top(), pairs.bottom()), part(others, pairs.left(), pairs.right()))
        .forEach((i, j, squared) -> taker.take(pairs.top() + i, pairs.left() + j, squared));
  }

  private static FeatureMatrix part(FeatureMatrix features, int from, int end) {
    int d = features.columns();
    float[] values = Arrays.copyOfRange(features.values(), from * d, end * d);
    return new FeatureMatrix(values, end - from, d);
  }
}
