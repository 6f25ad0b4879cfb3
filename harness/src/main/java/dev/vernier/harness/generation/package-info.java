/**
 * Images drawn from generators: a series in which classes take turns, kept in a file as it grows,
 * so that an interrupted one goes on where it was, and decoded by the tokenizer it was drawn for.
 */
package dev.vernier.harness.generation;
