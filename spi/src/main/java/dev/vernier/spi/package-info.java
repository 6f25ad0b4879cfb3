/**
 * The contracts between Vernier and its plugins. A plugin is a jar with a {@link
 * dev.vernier.spi.Provider} of some kind, registered for {@link java.util.ServiceLoader}: a
 * tokenizer, a generator, a dataset, a feature extractor, a learned distance or a report renderer.
 * The harness knows these contracts only, never a plugin. Arrays are ND4J's; every method says who
 * closes them. This package may depend on nothing but ND4J's API and {@link
 * dev.vernier.spi.results}; what helps to implement a contract lies in {@code
 * dev.vernier.spi.support}.
 */
package dev.vernier.spi;
