/**
 * The layers of visual tokenizers as functions that extend a {@link
 * dev.vernier.engine.program.Graph}. Parameters are named and laid out as in the published PyTorch
 * code (Taming Transformers, LlamaGen), so that checkpoints map onto them. Layers apply the
 * operations of {@code program.operations}, which executors may have kernels for, and compose the
 * rest of SameDiff's own.
 */
package dev.vernier.engine.nn;
