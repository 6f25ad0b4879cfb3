/**
 * Access to the numbers of native arrays from Java: floats and integers, passes over flat arrays,
 * sums in a fixed order, and loops shared out over the cores. Whether numbers are reached by
 * pointer, as on the CPU, or by ND4J's calls alone, as on any other device, is decided here, so
 * that users are right on both.
 */
package dev.vernier.engine.memory;
