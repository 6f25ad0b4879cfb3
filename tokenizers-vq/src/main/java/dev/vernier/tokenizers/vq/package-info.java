/**
 * The VQ family: nearest-neighbour codebooks, as in VQGAN (Esser et al. 2021) and LlamaGen (Sun et
 * al. 2024).
 */
package dev.vernier.tokenizers.vq;
