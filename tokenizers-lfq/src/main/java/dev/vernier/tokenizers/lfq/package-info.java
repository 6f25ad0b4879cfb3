/** Lookup-free quantization (MAGVIT-v2, Open-MAGVIT2): the place where its provider will be. */
package dev.vernier.tokenizers.lfq;
