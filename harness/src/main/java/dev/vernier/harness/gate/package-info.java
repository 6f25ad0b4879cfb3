/**
 * The regression gate: whether the numbers of a run are worse than those of a baseline that lies in
 * the user's repository. Cells are matched by what survives a change of code: method, the settings
 * that tell its cells apart, seed. Every metric of every cell is one test, against a tolerance that
 * the baseline declares and the noise that was measured: over images, pairwise, and between
 * trainings. All tests together raise a false alarm in at most a stated share of all gates. What
 * cannot be told is no pass.
 */
package dev.vernier.harness.gate;
