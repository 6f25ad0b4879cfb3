/**
 * Vision models that the user exports to ONNX, as feature extractors: teachers of tokenizers, or
 * nets that score. ONNX Runtime runs them, on the CPU.
 */
package dev.vernier.harness.onnx;
