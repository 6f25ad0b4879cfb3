/**
 * JMH benchmarks of the numerics, on the same work as PyTorch and SciPy are timed on. {@code
 * ./vernier bench} runs them.
 */
package dev.vernier.tests.benchmarks;
