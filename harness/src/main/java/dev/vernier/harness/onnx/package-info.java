/**
 * What the user exports to ONNX: vision models as feature extractors, which teach tokenizers or
 * score them, and tokenizers as an encoder and a decoder. ONNX Runtime runs them, on the CPU.
 */
package dev.vernier.harness.onnx;
