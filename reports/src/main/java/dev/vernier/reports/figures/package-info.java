/**
 * The figures of a report: which there are, what their panels hold, and the captions that say how
 * far they reach. How they look is decided in {@link dev.vernier.reports.charts}. A figure that
 * nothing was measured for is left out.
 */
package dev.vernier.reports.figures;
