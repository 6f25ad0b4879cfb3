package dev.vernier.generators.far;

/** The transformer of FAR with k classifiers of two layers. */
public final class FarMlpProvider extends FarFamily {
  @Override
  public String name() {
    return "far-mlp";
  }

  @Override
  public String description() {
    return "the transformer of FAR with a classifier of two layers for each sub-codebook";
  }

  @Override
  Head head() {
    return new Classifiers(true);
  }
}
