/**
 * The operations that executors may have kernels for. Each is a record of its attributes, with the
 * shape of its result and its composition in SameDiff. Feature maps are {@code [N, H, W, C]},
 * channels last; weights lie as PyTorch has them.
 */
package dev.vernier.engine.program.operations;
