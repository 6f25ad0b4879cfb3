package dev.vernier.harness.metrics;

/**
 * Squared distances between all features of two sets, in double, block by block: |x|^2 + |y|^2 -
 * 2x.y. They do not depend on the blocks, are the same in both directions, and exactly 0 between
 * equal features.
 */
final class SquaredDistances implements Distances {
  private final FeatureMatrix rows;
  private final FeatureMatrix others;
  private final double[] rowLengths;
  private final double[] otherLengths;

  SquaredDistances(FeatureMatrix rows, FeatureMatrix others) {
    this.rows = rows;
    this.others = others;
    this.rowLengths = FeatureColumns.squaredLengths(rows, value -> value);
    this.otherLengths = FeatureColumns.squaredLengths(others, value -> value);
  }

  @Override
  public void forEach(PairValues taker) {
    FeatureColumns.forEachProduct(
        rows,
        others,
        (i, j, product) ->
            taker.take(i, j, Math.max(0, rowLengths[i] + otherLengths[j] - 2 * product)));
  }
}
