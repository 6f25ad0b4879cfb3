/**
 * Charts of estimates against codebook size, drawn once and written as SVG, PDF and PNG. Colours
 * are those of Okabe and Ito ("Color Universal Design", 2008), which readers with any common colour
 * vision tell apart, and every line has its own marker besides. The same input gives the same bytes
 * on the same machine.
 */
package dev.vernier.reports.charts;
