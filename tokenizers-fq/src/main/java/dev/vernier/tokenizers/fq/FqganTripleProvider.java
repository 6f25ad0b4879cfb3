package dev.vernier.tokenizers.fq;

/** FQGAN-Triple (Bai et al. 2024): a visual, a middle and a high sub-codebook. */
public final class FqganTripleProvider extends PublishedFqgan {
  /** For {@link java.util.ServiceLoader}. */
  public FqganTripleProvider() {
    super(3);
  }

  @Override
  public String name() {
    return "fqgan-triple";
  }

  @Override
  public String description() {
    return "FQGAN-Triple: three sub-codebooks, each with its own adapter and quantizer";
  }
}
