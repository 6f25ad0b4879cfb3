/**
 * The contracts between Vernier and its plugins. A plugin is a jar with a {@link
 * dev.vernier.spi.Provider} of some kind, registered for {@link java.util.ServiceLoader}: a
 * tokenizer, a generator, a dataset, a feature extractor, a learned distance or, of the records of
 * runs, a report renderer. The harness knows these contracts only, never a plugin. Arrays are
 * ND4J's; every method says who closes them. This package depends on nothing but ND4J's API; what
 * helps to implement a contract lies in packages of its own: {@code dev.vernier.engine} trains and
 * runs networks, {@code dev.vernier.autoencoder} is the frame of VQGAN.
 */
package dev.vernier.spi;
