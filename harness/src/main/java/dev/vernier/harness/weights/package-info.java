/**
 * Weights of tokenizers on disk, as a run writes them and as others publish them: which tokenizer
 * they belong to, and by which settings it loads. It knows plugins and files only, so that whoever
 * plans a run, measures weights or draws images with them asks here.
 */
package dev.vernier.harness.weights;
