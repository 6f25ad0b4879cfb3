/**
 * JMH benchmarks of the numerics: training steps, codebook search, Frechet distance, frozen nets
 * and generators. {@code ./vernier bench} runs them.
 */
package dev.vernier.tests.benchmarks;
