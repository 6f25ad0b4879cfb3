/**
 * Weights of tokenizers and generators on disk, as a run writes them and as others publish them:
 * what they belong to, and by which settings it loads. It knows plugins and files only, so that
 * whoever plans a run, measures weights or draws images with them asks here.
 */
package dev.vernier.harness.weights;
