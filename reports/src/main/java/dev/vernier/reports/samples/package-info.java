/**
 * Pictures of what tokenizers leave of images: those of the cells, and one that sets all methods
 * below each other. Pixels are copied, never resampled.
 */
package dev.vernier.reports.samples;
