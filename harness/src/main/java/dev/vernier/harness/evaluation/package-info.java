/**
 * Measures tokenizers, and sets of images that any tool made, under one protocol: images through
 * the tokenizer, rounded to 8 bits in one place, compared image by image and by their features,
 * with everything that later paired comparisons need kept in files. Generated images, which have no
 * partners, are compared with a reference set by their features alone.
 *
 * <p>A metric carries its sample count, its 95% interval and the fingerprint of its protocol:
 * reference set, crop, rounding, features with the hash of their weights, and its own parameters.
 * Numbers of different protocols never share a column. The interval of a Frechet distance is for
 * the distance at this N, which few images bias upwards; beside it stand the value without the bias
 * that its resamples show (Efron and Tibshirani 1993) and, where the images are enough, the
 * extrapolation to infinitely many (Chong and Forsyth 2020).
 *
 * <p>What is counted of codes is limited by the counting: 128,000 tokens show 16.94 bits of entropy
 * where they are drawn evenly from 2^22 codes, and 16.96 from 2^26. So beside the plug-in entropy
 * of a token (the tuple of its sub-codes) stand those of Miller and Madow (1955) and of Chao and
 * Shen (2003), which says 22 and 26 bits, the probability that the next token is a new one (Good
 * 1953), and usage rarefied to 10,000 tokens (Hurlbert 1971), by which sets of all sizes can be
 * compared; fewer than ten tokens a code are pointed out. How far sub-codebooks are disentangled is
 * their mutual information (of more than two the total correlation, and in the notes that of each
 * two), less what independent ones would show, from 99 permutations of the images, with its p
 * value; the sum of their entropies is what no joint entropy exceeds.
 */
package dev.vernier.harness.evaluation;
