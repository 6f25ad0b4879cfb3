/**
 * Executes the cells of a run in its folder: training with checkpoints, measuring, results; in this
 * JVM, in worker processes, or on the machines of a cluster; interrupted at any moment it goes on
 * where it was. Whoever computes a cell locks it, and first compares the data, nets, code and
 * processor that it has with those that the session was begun with ({@code conditions.json}): where
 * they differ it computes none. A session may go on with a run that other code or another build of
 * a plugin began: it is recorded beside it, cells that have their numbers keep them, and what that
 * code left unfinished begins anew, so that no number is half of each.
 *
 * <p>The same seed, settings and number of native threads on the same processor give the same bits:
 * in one process or in several, interrupted or not, trained and measured in one run or measured
 * again. Every process has one native thread, whatever the machine has; {@code VERNIER_THREADS=4}
 * gives it four, whose sums round otherwise, so the number is part of a cell's identity. A run of
 * many cells takes as many worker processes as cores and memory (4 GiB each) serve.
 *
 * <p>Processors of other instruction sets round otherwise, too. What they measure of the same
 * weights differs by that rounding alone; 1e-4 of a number is what its protocol grants. Training
 * amplifies rounding, so nets trained on different processors are different nets. The dataset's own
 * nets are no exception, so a run keeps the ones it was made with, in {@code nets/}: going on with
 * it, or measuring its weights, uses these wherever it lies. An image's place in a batch changes
 * its features by rounding alone.
 */
package dev.vernier.harness.runs;
