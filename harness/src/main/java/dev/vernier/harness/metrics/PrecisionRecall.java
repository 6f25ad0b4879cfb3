package dev.vernier.harness.metrics;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019): the share of one set's features within
 * the nearest-neighbour balls of the other's.
 *
 * @param precision share of the generated images that lie in the real manifold
 * @param recall share of the real images that lie in the generated manifold
 */
public record PrecisionRecall(double precision, double recall) {
  /** The usual number of neighbours. */
  public static final int NEIGHBOURS = 3;

  /**
   * Compares two sets; distances in double.
   *
   * @param neighbours k; the image itself does not count
   * @throws IllegalArgumentException if a set has no more than k images
   */
  public static PrecisionRecall of(FeatureMatrix real, FeatureMatrix generated, int neighbours) {
    double[] realRadii = NearestNeighbours.squaredRadii(real, neighbours);
    double[] generatedRadii = NearestNeighbours.squaredRadii(generated, neighbours);
    return of(new SquaredDistances(generated, real), realRadii, generatedRadii);
  }

  /**
   * Compares two sets as the ADM suite does, by {@link AdmDistances}.
   *
   * @param neighbours k; the image itself counts as one more, at whatever distance it comes out
   * @throws IllegalArgumentException if a set has no more than k images
   */
  public static PrecisionRecall adm(FeatureMatrix real, FeatureMatrix generated, int neighbours) {
    double[] realRadii =
        NearestNeighbours.squaredRadii(new AdmDistances(real, real), real.rows(), neighbours);
    double[] generatedRadii =
        NearestNeighbours.squaredRadii(
            new AdmDistances(generated, generated), generated.rows(), neighbours);
    return of(new AdmDistances(generated, real), realRadii, generatedRadii);
  }

  private static PrecisionRecall of(
      Distances generatedToReal, double[] realRadii, double[] generatedRadii) {
    boolean[] generatedInside = new boolean[generatedRadii.length];
    boolean[] realInside = new boolean[realRadii.length];
    generatedToReal.forEach(
        (generated, real, squared) -> {
          if (squared <= realRadii[real]) {
            generatedInside[generated] = true;
          }
          // Several threads may set one flag, but none unsets it.
          if (squared <= generatedRadii[generated]) {
            realInside[real] = true;
          }
        });
    return new PrecisionRecall(
        NearestNeighbours.share(generatedInside), NearestNeighbours.share(realInside));
  }
}
