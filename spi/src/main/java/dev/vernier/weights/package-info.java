/**
 * Weight files: safetensors, read and written, and PyTorch checkpoints, read without ever running
 * what is in them. Damaged or malicious files get one clear line.
 */
package dev.vernier.weights;
