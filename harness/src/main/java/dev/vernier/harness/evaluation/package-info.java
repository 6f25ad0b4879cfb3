/**
 * Measures tokenizers, and sets of images that any tool made, under one protocol: images through
 * the tokenizer, rounded to 8 bits in one place, compared image by image and by their features,
 * with everything that later paired comparisons need kept in files. Generated images, which have no
 * partners, are compared with a reference set by their features alone.
 */
package dev.vernier.harness.evaluation;
