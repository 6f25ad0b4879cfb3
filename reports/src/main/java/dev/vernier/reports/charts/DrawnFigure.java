package dev.vernier.reports.charts;

/**
 * A figure whose files are written.
 *
 * @param figure what was drawn
 * @param height in points
 * @param svg the figure as an SVG element with a title and a description for those who do not see
 *     it
 */
public record DrawnFigure(Figure figure, double height, String svg) {}
