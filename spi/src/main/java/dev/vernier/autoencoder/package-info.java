/**
 * The VQGAN frame (Esser et al. 2021, in the form LlamaGen and FQGAN publish) that every neural
 * tokenizer here shares: encoder trunk, decoder, objective, training step and inference. A family
 * supplies a {@link dev.vernier.autoencoder.Bottleneck}, which turns the trunk's features into
 * codes and codes into the decoder's input, and nothing else.
 */
package dev.vernier.autoencoder;
