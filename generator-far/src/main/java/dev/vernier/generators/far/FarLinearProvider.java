package dev.vernier.generators.far;

/**
 * The transformer of FAR with k linear classifiers; with one sub-codebook LlamaGen (Sun et al.
 * 2024).
 */
public final class FarLinearProvider extends FarFamily {
  @Override
  public String name() {
    return "far-linear";
  }

  @Override
  public String description() {
    return "the transformer of FAR with a linear classifier for each sub-codebook";
  }

  @Override
  Head head() {
    return new Classifiers(false);
  }
}
