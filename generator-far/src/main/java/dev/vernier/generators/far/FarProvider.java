package dev.vernier.generators.far;

/**
 * FAR (FQGAN, Bai et al. 2024): a transformer whose head draws the sub-tokens of a position one
 * after the other.
 */
public final class FarProvider extends FarFamily {
  @Override
  public String name() {
    return "far";
  }

  @Override
  public String description() {
    return "FAR: a transformer that draws the sub-tokens of a position one after the other";
  }

  @Override
  Head head() {
    return new FactorizedHead();
  }
}
