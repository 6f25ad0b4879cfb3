package dev.vernier.engine.nn;

/**
 * Normalization, swish and convolution twice, plus the input: the block of VQGAN's encoder and
 * decoder.
 */
public final class ResidualBlock {
  private ResidualBlock() {}

  /**
   * Applies a block.
   *
   * @param name prefix of {@code norm1, conv1, norm2, conv2} and, where the channels change, {@code
   *     nin_shortcut}
   * @param out output channels
   */
  public static FeatureMap apply(String name, FeatureMap x, int out, int groups) {
    FeatureMap h = GroupNormalization.thenSwish(name + ".norm1", x, groups);
    h = Convolution.apply(name + ".conv1", h, out, 3);
    h = GroupNormalization.thenSwish(name + ".norm2", h, groups);
    h = Convolution.apply(name + ".conv2", h, out, 3);
    FeatureMap skip =
        x.channels() == out ? x : Convolution.apply(name + ".nin_shortcut", x, out, 1);
    return h.with(skip.value().add(h.value()));
  }
}
