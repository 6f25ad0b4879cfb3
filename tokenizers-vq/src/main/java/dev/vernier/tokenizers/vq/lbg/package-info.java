/**
 * Classical vector quantization of image patches: a k-means codebook (Linde, Buzo and Gray 1980)
 * and an exact search for the nearest of its codes. No network.
 */
package dev.vernier.tokenizers.vq.lbg;
