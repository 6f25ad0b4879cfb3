/** Factorized quantization (FQGAN): the place where its provider will be. */
package dev.vernier.tokenizers.fq;
