package dev.vernier.reports.charts;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Where the parts of a figure stand, in points from its upper left corner. */
final class FigureLayout {
  /** Height of the axes to their width. */
  private static final double ASPECT = 0.72;

  private static final double ABOVE = 6;
  private static final double TITLE = 12;
  private static final double RIGHT = 8;
  private static final double BELOW_AXES = 30;
  private static final double ABOVE_LEGEND = 2;
  private static final double BELOW = 3;
  private static final double AXIS_LABEL = 20;

  private final Figure figure;
  private final int columns;
  private final double left;
  private final double axesWidth;
  private final double axesHeight;
  private final double rowHeight;
  private final Legend legend;

  FigureLayout(Figure figure) {
    this.figure = figure;
    this.columns = columns(figure);
    double width = figure.width() / columns;
    // Wide enough for the widest of the ticks, which depend on the height and not on the width.
    double height = ASPECT * (width - 2 * AXIS_LABEL);
    this.left =
        AXIS_LABEL
            + figure.panels().stream()
                .flatMap(panel -> panel.y().ticks(ScaleAxis.upwards(height)).stream())
                .mapToDouble(tick -> Typeface.width(tick.text(), Typeface.TICK))
                .max()
                .orElse(0);
    this.axesWidth = width - left - RIGHT;
    this.axesHeight = ASPECT * axesWidth;
    this.rowHeight = ABOVE + title() + axesHeight + BELOW_AXES;
    this.legend = Legend.of(figure);
  }

  /** Panels beside each other: in a single column none, else two or three. */
  private static int columns(Figure figure) {
    int count = figure.panels().size();
    if (figure.page() == PageWidth.SINGLE || count == 1) {
      return 1;
    }
    return count == 2 || count == 4 ? 2 : 3;
  }

  private double title() {
    return figure.panels().stream().allMatch(panel -> panel.title().isEmpty()) ? 0 : TITLE;
  }

  Figure figure() {
    return figure;
  }

  /** The rectangles of the axes, a panel each. */
  List<Rectangle2D> axes() {
    List<Rectangle2D> axes = new ArrayList<>();
    for (int i = 0; i < figure.panels().size(); i++) {
      int row = i / columns;
      double x = (i - row * columns) * figure.width() / columns + left;
      double y = row * rowHeight + ABOVE + title();
      axes.add(new Rectangle2D.Double(x, y, axesWidth, axesHeight));
    }
    return axes;
  }

  /** Room to the left of axes, for their ticks and label. */
  double left() {
    return left;
  }

  /** Room below axes. */
  double below() {
    return BELOW_AXES;
  }

  Legend legend() {
    return legend;
  }

  /** Where the legend begins. */
  double legendTop() {
    int rows = (figure.panels().size() + columns - 1) / columns;
    return rows * rowHeight + ABOVE_LEGEND;
  }

  double height() {
    return Math.ceil(legendTop() + legend.height() + BELOW);
  }

  /** Draws the figure, a point to a unit of the target. */
  void draw(Graphics2D target) {
    target.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    target.setPaint(Color.WHITE);
    target.fill(new Rectangle2D.Double(0, 0, figure.width(), height()));
    List<Rectangle2D> axes = axes();
    for (int i = 0; i < figure.panels().size(); i++) {
      PanelChart.draw(
          figure.panels().get(i), figure.styles(), axes.get(i), left, BELOW_AXES, target);
    }
    legend.draw(target, legendTop());
  }
}
