/**
 * The layers of visual tokenizers as functions that extend a {@link
 * dev.vernier.engine.program.Graph}. Parameters are named and laid out as in the published PyTorch
 * code (Taming Transformers, LlamaGen), so that checkpoints map onto them. Each layer is composed
 * of SameDiff operations and, where ND4J is slow, names a kernel that stands in for them.
 */
package dev.vernier.engine.nn;
