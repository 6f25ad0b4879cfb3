package dev.vernier.reports.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** The axis of a scale: its values are the scale's positions, from 0 to 1. */
final class ScaleAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;

  /** Room between the labels of neighbouring ticks, in points. */
  private static final double APART = 6;

  /** Distance of ticks above each other, in heights of their labels. */
  private static final double LINES = 2.8;

  /** The same on axes of small panels, which would have a single one. */
  private static final double FEWEST_LINES = 2;

  private static final double SMALL = 110;

  private final transient Scale scale;

  ScaleAxis(Scale scale) {
    super(scale.label());
    this.scale = scale;
    setRange(0, 1);
  }

  /** How much of an axis of a width, in points, the label of a tick takes. */
  static ToDoubleFunction<String> sideways(double width) {
    return text -> (Typeface.width(text, Typeface.TICK) + APART) / width;
  }

  /** How much of an axis of a height, in points, the label of a tick takes. */
  static ToDoubleFunction<String> upwards(double height) {
    double lines = height < SMALL ? FEWEST_LINES : LINES;
    return text -> lines * Typeface.TICK / height;
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D target, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean below = edge.equals(RectangleEdge.BOTTOM);
    TextAnchor anchor = below ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return scale.ticks(below ? sideways(area.getWidth()) : upwards(area.getHeight())).stream()
        .<ValueTick>map(
            tick ->
                new NumberTick(
                    TickType.MAJOR,
                    scale.position(tick.at()),
                    tick.text(),
                    anchor,
                    TextAnchor.CENTER,
                    0))
        .toList();
  }
}
