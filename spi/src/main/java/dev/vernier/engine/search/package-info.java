/**
 * The search for the nearest codebook entry, which every vector quantizer runs once a position. It
 * never builds the matrix of all distances.
 */
package dev.vernier.engine.search;
