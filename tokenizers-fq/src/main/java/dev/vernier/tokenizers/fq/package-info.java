/**
 * Factorized quantization (FQGAN, Bai et al. 2024): the trunk feeds k branches, each with an
 * adapter and a vector quantizer of its own, so that k small codebooks stand for their product; a
 * disentanglement term keeps the branches from saying the same thing twice.
 */
package dev.vernier.tokenizers.fq;
