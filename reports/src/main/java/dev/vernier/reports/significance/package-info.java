/**
 * Whether two rows differ by more than chance. Numbers are compared only where both sides rest on
 * the same seeds and the same images, so that what they share cancels. Seeds and images are both
 * drawn by chance, and a difference is tested against the variance of both: all seeds are measured
 * on the same images, and a test over seeds alone takes for a difference of methods what is one of
 * these images. A generator alone draws other images at each seed: their spread is in that of the
 * seeds. Nothing here knows how a table looks.
 */
package dev.vernier.reports.significance;
