/**
 * From image files to pixels: one decoder for all formats, whose pixels are those of Python's
 * Pillow, so that numbers compare with those of the field's tools. It knows nothing of datasets.
 *
 * <p>The pixels are those of {@code convert("RGB")}, bit by bit: colour profiles and cameras'
 * orientations are ignored, transparency is dropped. Truncated or damaged files, and kinds without
 * such pixels (floating-point TIFF, for one), are refused by name. Only grey of 16 bits, which
 * Pillow clips, is scaled instead.
 */
package dev.vernier.harness.decoding;
