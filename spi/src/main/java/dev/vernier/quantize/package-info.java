/**
 * Nearest-neighbour vector quantization for plugins with one codebook or several: its settings, its
 * losses in a training graph, and the care of its codebook during training.
 */
package dev.vernier.quantize;
