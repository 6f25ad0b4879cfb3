package dev.vernier.spi;

/**
 * What a feature extractor is.
 *
 * @param name the name that goes with every number it gave, such as {@code inception} or {@code
 *     dataset}; models of the same weights that look at images in different ways have different
 *     names
 * @param dimension of the pooled feature
 * @param classes how many classes its logits tell apart; 0 where it is no classifier
 * @param spatialDimension channels of the spatial features; 0 where it has none
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
