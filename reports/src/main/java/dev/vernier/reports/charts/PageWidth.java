package dev.vernier.reports.charts;

/** How wide a figure is printed: a column of a page of two, or the whole of it. */
public enum PageWidth {
  /** One column, 85 mm. */
  SINGLE(85),
  /** Both columns, 178 mm. */
  DOUBLE(178);

  private static final double POINTS_PER_MILLIMETRE = 72 / 25.4;

  private final double millimetres;

  PageWidth(double millimetres) {
    this.millimetres = millimetres;
  }

  /** In points, 72 to an inch. */
  double points() {
    return millimetres * POINTS_PER_MILLIMETRE;
  }
}
