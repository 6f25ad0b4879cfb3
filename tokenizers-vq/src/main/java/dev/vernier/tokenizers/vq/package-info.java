/**
 * The VQ family: nearest-neighbour codebooks, as in VQGAN (Esser et al. 2021), LlamaGen (Sun et al.
 * 2024) and, projected from the features of a frozen vision model, VQGAN-LC (Zhu et al. 2024).
 */
package dev.vernier.tokenizers.vq;
