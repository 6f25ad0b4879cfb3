package dev.vernier.reports.charts;

import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Makes the chart of a panel. */
final class PanelChart {
  private static final Color TEXT = new Color(0x1a1a1a);
  private static final Color GRID = new Color(0xd9d9d9);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12).deriveFont(10.5f);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  private static final double ROOM_FOR_SIZES = 66;
  private static final double ROOM_FOR_BITS = 42;

  static {
    // The default draws rotated text as outlines, which nobody can search or hear.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private PanelChart() {}

  static JFreeChart of(Panel panel, LineStyles styles) {
    NumberAxis values = new NumberAxis(panel.yLabel());
    values.setAutoRangeIncludesZero(false);
    values.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ENGLISH));
    XYPlot plot = new XYPlot(data(panel), places(panel), values, lines(panel, styles));
    style(plot, panel.axis() == Axis.SIZE ? ROOM_FOR_SIZES : ROOM_FOR_BITS);
    JFreeChart chart = new JFreeChart(panel.title(), TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 10));
    TextTitle title = chart.getTitle();
    title.setPaint(TEXT);
    title.setMargin(0, 0, 6, 0);
    chart.addSubtitle(legend(plot));
    return chart;
  }

  private static ValueAxis places(Panel panel) {
    if (panel.axis() == Axis.SIZE) {
      long[] sizes =
          panel.points().mapToLong(point -> (long) point.at()).distinct().sorted().toArray();
      return new SizeAxis("Total codebook size (log scale)", sizes);
    }
    NumberAxis bits = new NumberAxis("Bits per token");
    bits.setAutoRangeIncludesZero(false);
    bits.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ENGLISH));
    return bits;
  }

  private static XYIntervalSeriesCollection data(Panel panel) {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    for (Series line : panel.series()) {
      XYIntervalSeries points = new XYIntervalSeries(line.name());
      for (Series.Point each : line.points()) {
        points.add(
            each.at(),
            each.at(),
            each.at(),
            each.estimate().value(),
            each.estimate().low(),
            each.estimate().high());
      }
      data.addSeries(points);
    }
    return data;
  }

  private static XYErrorRenderer lines(Panel panel, LineStyles styles) {
    XYErrorRenderer lines = new XYErrorRenderer();
    lines.setDefaultLinesVisible(true);
    lines.setDrawXError(false);
    lines.setDrawYError(panel.measured());
    lines.setErrorStroke(new BasicStroke(1.1f));
    lines.setCapLength(5);
    lines.setUseFillPaint(true);
    lines.setDrawOutlines(true);
    lines.setUseOutlinePaint(true);
    for (int i = 0; i < panel.series().size(); i++) {
      String name = panel.series().get(i).name();
      Color colour = styles.colour(name);
      lines.setSeriesPaint(i, colour);
      lines.setSeriesOutlinePaint(i, colour);
      lines.setSeriesFillPaint(i, styles.fill(name, panel.measured()));
      lines.setSeriesOutlineStroke(i, new BasicStroke(1.2f));
      lines.setSeriesStroke(i, styles.stroke(name, panel.measured()));
      lines.setSeriesShape(i, styles.marker(name));
    }
    return lines;
  }

  private static void style(XYPlot plot, double roomBelow) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(0.6f));
    plot.setDomainGridlinesVisible(false);
    // The same room below all panels, so that their axes stand side by side.
    AxisSpace below = new AxisSpace();
    below.setBottom(roomBelow);
    plot.setFixedDomainAxisSpace(below);
    for (ValueAxis axis : new ValueAxis[] {plot.getDomainAxis(), plot.getRangeAxis()}) {
      axis.setLabelFont(LABEL);
      axis.setTickLabelFont(TICK);
      axis.setLabelPaint(TEXT);
      axis.setTickLabelPaint(TEXT);
      axis.setAxisLinePaint(TEXT);
      axis.setTickMarkPaint(TEXT);
    }
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(TICK);
    legend.setItemPaint(TEXT);
    legend.setFrame(BlockBorder.NONE);
    legend.setBackgroundPaint(Color.WHITE);
    return legend;
  }
}
