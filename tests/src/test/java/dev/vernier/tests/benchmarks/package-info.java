/**
 * JMH benchmarks of the numerics, on the same work as PyTorch and SciPy are timed on. Run them with
 * {@code mvn test-compile} and {@link dev.vernier.tests.benchmarks.Benchmarks}.
 */
package dev.vernier.tests.benchmarks;
