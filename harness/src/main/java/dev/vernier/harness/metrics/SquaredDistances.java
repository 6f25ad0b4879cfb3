package dev.vernier.harness.metrics;

/**
 * Squared distances between all features of two sets, in double, block by block: |x|^2 + |y|^2 -
 * 2x.y. They do not depend on the blocks, are the same in both directions, and exactly 0 between
 * equal features.
 */
final class SquaredDistances implements Distances {
  private final FeatureColumns rows;
  private final FeatureColumns others;
  private final double[] rowLengths;
  private final double[] otherLengths;

  SquaredDistances(FeatureColumns rows, FeatureColumns others) {
    this.rows = rows;
    this.others = others;
    this.rowLengths = rows.squaredLengths();
    this.otherLengths = others.squaredLengths();
  }

  @Override
  public void forEach(PairValues taker) {
    rows.forEachProduct(
        0,
        rows.images(),
        others,
        0,
        others.images(),
        (i, j, product) ->
            taker.take(i, j, Math.max(0, rowLengths[i] + otherLengths[j] - 2 * product)));
  }
}
