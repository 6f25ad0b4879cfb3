/**
 * The metrics, as functions of plain Java arrays: Frechet distance and its bootstrap interval,
 * Inception score, kernel distance, precision and recall, density and coverage, distances at
 * infinitely many samples, PSNR, SSIM, codebook use with its entropy, what of it was not seen, and
 * the mutual information of sub-codebooks; and the fingerprint of the protocol a number was
 * computed under. Everything is accumulated in double in an order that neither batches nor threads
 * change, so the same images give the same bits.
 */
package dev.vernier.harness.metrics;
