/**
 * From image files to pixels: one decoder for all formats, whose pixels are those of Python's
 * Pillow, so that numbers compare with those of the field's tools. It knows nothing of datasets.
 */
package dev.vernier.harness.decoding;
