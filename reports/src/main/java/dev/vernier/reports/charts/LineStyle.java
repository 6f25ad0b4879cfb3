package dev.vernier.reports.charts;

import java.awt.Color;

/**
 * How the lines of a method look.
 *
 * @param colour of line and marker
 * @param marker at its points
 * @param dash what the line is made of
 * @param hollow whether markers are white inside
 */
record LineStyle(Color colour, Marker marker, Dash dash, boolean hollow) {
  LineStyle with(Dash other) {
    return new LineStyle(colour, marker, other, hollow);
  }

  LineStyle asHollow() {
    return new LineStyle(colour, marker, dash, true);
  }

  /** Whether both have one colour and one marker. */
  boolean resembles(LineStyle other) {
    return colour.equals(other.colour) && marker == other.marker;
  }

  /** What its markers are filled with. */
  Color fill() {
    return hollow ? Color.WHITE : colour;
  }
}
