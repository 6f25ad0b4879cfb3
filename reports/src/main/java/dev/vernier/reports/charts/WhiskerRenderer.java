package dev.vernier.reports.charts;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/** Draws lines, markers, and the intervals of those numbers that have one. */
final class WhiskerRenderer extends XYLineAndShapeRenderer {
  private static final long serialVersionUID = 1L;
  private static final Stroke STROKE = new BasicStroke(0.8f);

  private final double cap;

  /**
   * A renderer.
   *
   * @param cap width of the ends of intervals, in points
   */
  WhiskerRenderer(double cap) {
    this.cap = cap;
  }

  @Override
  public void drawItem(
      Graphics2D target,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domain,
      ValueAxis range,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    IntervalXYDataset intervals = (IntervalXYDataset) data;
    double low = intervals.getStartYValue(series, item);
    double high = intervals.getEndYValue(series, item);
    if (pass == 0 && high > low) {
      double x = domain.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
      double bottom = range.valueToJava2D(low, area, plot.getRangeAxisEdge());
      double top = range.valueToJava2D(high, area, plot.getRangeAxisEdge());
      target.setPaint(getItemPaint(series, item));
      target.setStroke(STROKE);
      target.draw(new Line2D.Double(x, bottom, x, top));
      target.draw(new Line2D.Double(x - cap / 2, bottom, x + cap / 2, bottom));
      target.draw(new Line2D.Double(x - cap / 2, top, x + cap / 2, top));
    }
    super.drawItem(
        target, state, area, info, plot, domain, range, data, series, item, crosshair, pass);
  }
}
