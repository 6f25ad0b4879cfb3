package dev.vernier.tokenizers.fq;

/** FQGAN-Dual (Bai et al. 2024): a visual and a semantic sub-codebook. */
public final class FqganDualProvider extends PublishedFqgan {
  /** For {@link java.util.ServiceLoader}. */
  public FqganDualProvider() {
    super(2);
  }

  @Override
  public String name() {
    return "fqgan-dual";
  }

  @Override
  public String description() {
    return "FQGAN-Dual: two sub-codebooks, each with its own adapter and quantizer";
  }
}
