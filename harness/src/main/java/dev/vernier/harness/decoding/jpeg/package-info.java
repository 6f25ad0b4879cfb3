/**
 * JPEG: segments, scans, the inverse transform, upsampling and colour, to the bits of
 * libjpeg-turbo.
 */
package dev.vernier.harness.decoding.jpeg;
