/**
 * Frozen vision models: the feature extractors that score, the nets in perceptual losses, and
 * learned distances.
 */
package dev.vernier.nets;
