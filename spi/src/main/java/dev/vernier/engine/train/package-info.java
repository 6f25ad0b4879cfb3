/**
 * What turns gradients into trained weights. All trainings share one {@link
 * dev.vernier.engine.train.Optimization}: Adam over the flat arrays of {@link
 * dev.vernier.engine.program.Parameters}, clipping, learning-rate schedules, the moving average of
 * weights, and checkpoints from which training goes on to the same numbers.
 */
package dev.vernier.engine.train;
