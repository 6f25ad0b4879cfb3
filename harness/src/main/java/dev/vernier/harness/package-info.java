/**
 * The command line. It finds tokenizers, generators, datasets, extractors and renderers by their
 * contracts and names none of them.
 */
package dev.vernier.harness;
