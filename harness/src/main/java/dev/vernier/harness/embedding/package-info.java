/**
 * Points of many dimensions laid out in a plane so that near ones stay near: t-SNE, exact, for some
 * thousand points (van der Maaten and Hinton 2008). Plain Java on arrays, decided by its seed.
 */
package dev.vernier.harness.embedding;
