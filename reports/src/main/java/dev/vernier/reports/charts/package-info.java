/**
 * How figures look: axes, ticks, lines, markers, legends, and the files they are written to. A
 * figure is laid out once, at the size it is printed, and drawn to SVG, PDF, PNG and TikZ alike, in
 * one typeface whose measures are the same everywhere. Colours differ for readers with any common
 * colour vision and in grey, and markers and dashes say the same again. The same input gives the
 * same bytes.
 */
package dev.vernier.reports.charts;
