package dev.vernier.spi;

/**
 * What a feature extractor is.
 *
 * @param name the name that goes with every number it gave, such as {@code inception} or {@code
 *     dataset}
 * @param dimension of the pooled feature
 * @param classes how many classes its logits tell apart
 * @param spatialDimension channels of the spatial features
 * @param hash SHA-256 of the weights, in hexadecimal
 * @param published whether numbers from it can be compared with published ones
 */
public record FeatureSpec(
    String name,
    int dimension,
    int classes,
    int spatialDimension,
    String hash,
    boolean published) {}
