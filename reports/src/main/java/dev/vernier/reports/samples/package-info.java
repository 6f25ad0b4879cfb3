/**
 * Pictures of what tokenizers leave of images: those of the cells, one that sets all methods below
 * each other, and one of what each of them rebuilt worst. Pixels are copied, never resampled.
 */
package dev.vernier.reports.samples;
