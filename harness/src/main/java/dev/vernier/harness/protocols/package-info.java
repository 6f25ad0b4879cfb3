/**
 * How papers measure reconstructions: each protocol is one declaration of how originals are
 * cropped, how floats become bytes, how images are brought before Inception, and which PSNR and
 * SSIM is meant. The numbers of two protocols are two quantities, so each has metrics of its own in
 * the catalogue. What was read for them is the evaluation code that the papers published.
 */
package dev.vernier.harness.protocols;
