/**
 * Executes the cells of a run in its folder: training with checkpoints, measuring, results; in this
 * JVM or in worker processes; interrupted at any moment it goes on where it was.
 */
package dev.vernier.harness.runs;
