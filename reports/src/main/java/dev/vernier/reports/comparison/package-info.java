/**
 * What the cells of one or several runs say together: cells that differ in nothing but their seed
 * become a {@link dev.vernier.reports.comparison.Row}, their numbers an {@link
 * dev.vernier.reports.comparison.Estimate} with an interval. Numbers are kept apart by protocol
 * throughout. Nothing here knows how a table or a chart looks.
 */
package dev.vernier.reports.comparison;
