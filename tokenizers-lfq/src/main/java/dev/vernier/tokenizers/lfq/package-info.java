/**
 * Lookup-free quantization (MAGVIT-v2, Yu et al. 2024; Open-MAGVIT2, Luo et al. 2024): a code is
 * the signs of its encoding, so there is no codebook to learn or to search, and its size is limited
 * by the entropy term alone, which is computed from factors and never over positions and codes at
 * once.
 */
package dev.vernier.tokenizers.lfq;
