package dev.vernier.reports.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Draws a panel. */
final class PanelChart {
  static final Color TEXT = new Color(0x1a1a1a);
  private static final Color GRID = new Color(0xe0e0e0);
  private static final Stroke HAIRLINE = new BasicStroke(0.5f);
  private static final float LINE = 1.2f;
  private static final float OUTLINE = 0.9f;

  static {
    // The default draws rotated text as outlines, which nobody can search or hear.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private final Panel panel;
  private final LineStyles styles;
  private final Rectangle2D axes;
  private final SideBySide beside;

  private PanelChart(Panel panel, LineStyles styles, Rectangle2D axes) {
    this.panel = panel;
    this.styles = styles;
    this.axes = axes;
    this.beside = SideBySide.of(panel, axes.getWidth(), axes.getHeight());
  }

  /**
   * Draws a panel.
   *
   * @param axes where its axes stand
   * @param left room to their left
   * @param below room below them
   */
  static void draw(
      Panel panel,
      LineStyles styles,
      Rectangle2D axes,
      double left,
      double below,
      Graphics2D target) {
    PanelChart chart = new PanelChart(panel, styles, axes);
    XYPlot plot =
        new XYPlot(chart.data(), new ScaleAxis(panel.x()), new ScaleAxis(panel.y()), chart.lines());
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    style(plot, left, below);
    plot.draw(
        target,
        new Rectangle2D.Double(
            axes.getX() - left, axes.getY(), axes.getWidth() + left, axes.getHeight() + below),
        null,
        null,
        null);
    chart.notes(target);
    chart.title(target);
  }

  private void notes(Graphics2D target) {
    target.setPaint(TEXT);
    for (PointNotes.Note each : PointNotes.of(panel, axes)) {
      target.setFont(Typeface.of(each.text(), Typeface.NOTE));
      target.drawString(
          each.text(),
          (float) each.box().getX(),
          (float) (each.box().getMaxY() - 0.25 * Typeface.NOTE));
    }
  }

  private void title(Graphics2D target) {
    if (panel.title().isEmpty()) {
      return;
    }
    target.setPaint(TEXT);
    target.setFont(Typeface.of(panel.title(), Typeface.LABEL));
    double x = axes.getCenterX() - Typeface.width(panel.title(), Typeface.LABEL) / 2;
    target.drawString(panel.title(), (float) x, (float) (axes.getY() - 5));
  }

  private XYIntervalSeriesCollection data() {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    for (int i = 0; i < panel.lines().size(); i++) {
      Line line = panel.lines().get(i);
      XYIntervalSeries points = new XYIntervalSeries(i, false, true);
      for (int j = 0; j < line.points().size(); j++) {
        Line.Point each = line.points().get(j);
        double x = panel.x().position(each.x()) + beside.shift(i, j) / axes.getWidth();
        double y = panel.y().position(each.y());
        double low = each.whisker().map(w -> panel.y().position(w.low())).orElse(y);
        double high = each.whisker().map(w -> panel.y().position(w.high())).orElse(y);
        points.add(x, x, x, y, low, high);
      }
      data.addSeries(points);
    }
    return data;
  }

  private WhiskerRenderer lines() {
    WhiskerRenderer lines = new WhiskerRenderer(beside.cap());
    lines.setUseFillPaint(true);
    lines.setDrawOutlines(true);
    lines.setUseOutlinePaint(true);
    // Else each piece of a curve would begin its dashes anew.
    lines.setDrawSeriesLineAsPath(true);
    for (int i = 0; i < panel.lines().size(); i++) {
      Line line = panel.lines().get(i);
      LineStyle style = styles.of(line, panel.lines());
      lines.setSeriesPaint(i, style.colour());
      lines.setSeriesOutlinePaint(i, style.colour());
      lines.setSeriesFillPaint(i, style.fill());
      lines.setSeriesOutlineStroke(i, new BasicStroke(OUTLINE));
      lines.setSeriesStroke(i, stroke(line, style));
      lines.setSeriesShape(i, marker(line, style));
      lines.setSeriesLinesVisible(i, line.isJoined());
      lines.setSeriesShapesVisible(i, line.hasMarkers());
    }
    return lines;
  }

  /** What a line is drawn with. */
  static Stroke stroke(Line line, LineStyle style) {
    return line.form() == Line.Form.FRONT ? HAIRLINE : style.dash().stroke(LINE);
  }

  private static Shape marker(Line line, LineStyle style) {
    return line.hasSmallMarkers() ? style.marker().small() : style.marker().shape();
  }

  /** Draws the marker of a line. */
  static void drawMarker(Graphics2D target, LineStyle style, AffineTransform at, Line line) {
    Shape shape = at.createTransformedShape(marker(line, style));
    target.setPaint(style.fill());
    target.fill(shape);
    target.setPaint(style.colour());
    target.setStroke(new BasicStroke(OUTLINE));
    target.draw(shape);
  }

  private static void style(XYPlot plot, double left, double below) {
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(HAIRLINE);
    plot.setDomainGridlinesVisible(false);
    // The same room around all axes, so that they stand side by side.
    AxisSpace bottom = new AxisSpace();
    bottom.setBottom(below);
    plot.setFixedDomainAxisSpace(bottom);
    AxisSpace side = new AxisSpace();
    side.setLeft(left);
    plot.setFixedRangeAxisSpace(side);
    for (ValueAxis axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
      axis.setLabelFont(Typeface.of(axis.getLabel(), Typeface.LABEL));
      axis.setTickLabelFont(Typeface.plain(Typeface.TICK));
      axis.setLabelPaint(TEXT);
      axis.setTickLabelPaint(TEXT);
      axis.setAxisLinePaint(TEXT);
      axis.setTickMarkPaint(TEXT);
      axis.setAxisLineStroke(HAIRLINE);
      axis.setTickMarkStroke(HAIRLINE);
    }
  }
}
