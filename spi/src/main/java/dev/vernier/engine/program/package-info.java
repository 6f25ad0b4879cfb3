/**
 * Graphs of fixed shapes and what is computed from them: operations, parameters, gradients and the
 * order of the work. SameDiff is the language in which a graph is composed, and each of its
 * operations gives its derivative. Nothing here knows a device.
 */
package dev.vernier.engine.program;
