/** Factorized autoregressive generation (FAR): the place where its provider will be. */
package dev.vernier.generators.far;
