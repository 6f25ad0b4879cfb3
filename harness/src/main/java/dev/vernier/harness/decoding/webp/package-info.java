/** WebP: the container, and the streams with loss (VP8) and without, to the bits of libwebp. */
package dev.vernier.harness.decoding.webp;
