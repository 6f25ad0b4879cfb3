/**
 * Whether two rows differ by more than chance. Numbers are compared only where both sides rest on
 * the same seeds and the same images, so that what they share cancels: over the seeds where there
 * are enough of them, else over the images. Nothing here knows how a table looks.
 */
package dev.vernier.reports.significance;
