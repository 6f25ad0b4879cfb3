/**
 * Access to the numbers of native arrays from Java: floats and integers without a copy of the
 * whole, sums in a fixed order, and loops shared out over the cores.
 */
package dev.vernier.engine.memory;
