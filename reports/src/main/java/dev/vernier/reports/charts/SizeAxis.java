package dev.vernier.reports.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis whose ticks are the codebook sizes that occur, not powers. */
final class SizeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;
  private static final double MARGIN = 1.5;
  private static final double ANGLE = -Math.PI / 4;

  /** Labels nearer to each other than this many points would overlap. */
  private static final double CLOSEST = 13;

  private final long[] sizes;

  SizeAxis(String label, long[] ascendingSizes) {
    super(label);
    this.sizes = ascendingSizes.clone();
    setRange(sizes[0] / MARGIN, sizes[sizes.length - 1] * MARGIN);
    // Keeps the axis label clear of slanted tick labels.
    setVerticalTickLabels(true);
    setMinorTickMarksVisible(false);
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D target, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<ValueTick> ticks = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (long size : sizes) {
      double at = valueToJava2D((double) size, area, edge);
      boolean room = at - last >= CLOSEST;
      last = room ? at : last;
      ticks.add(
          new NumberTick(
              TickType.MAJOR,
              (double) size,
              room ? String.valueOf(size) : "",
              TextAnchor.TOP_RIGHT,
              TextAnchor.TOP_RIGHT,
              ANGLE));
    }
    return ticks;
  }
}
