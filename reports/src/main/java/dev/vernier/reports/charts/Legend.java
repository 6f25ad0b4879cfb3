package dev.vernier.reports.charts;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One legend for all panels of a figure, each name once, in centred rows. */
final class Legend {
  private static final double SAMPLE = 20;
  private static final double GAP = 3;
  private static final double APART = 10;
  private static final double ROW = 11;

  private final double width;
  private final List<List<Entry>> rows;

  private Legend(double width, List<List<Entry>> rows) {
    this.width = width;
    this.rows = rows;
  }

  /**
   * A name and what stands for it.
   *
   * @param line one of the lines of this name
   * @param style how it looks
   * @param width of both
   */
  record Entry(Line line, LineStyle style, double width) {
    Entry(Line line, LineStyle style) {
      this(line, style, SAMPLE + GAP + Typeface.width(line.name(), Typeface.TICK));
    }
  }

  /** The legend of a figure; what is measured stands for its name where it was published, too. */
  static Legend of(Figure figure) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Panel panel : figure.panels()) {
      for (Line line : panel.lines()) {
        entries.putIfAbsent(line.name(), new Entry(line, figure.styles().of(line, panel.lines())));
      }
    }
    return new Legend(figure.width(), rows(List.copyOf(entries.values()), figure.width()));
  }

  /** As few rows as there have to be, of about equal width. */
  private static List<List<Entry>> rows(List<Entry> entries, double width) {
    int fewest = filled(entries, width).size();
    double total = entries.stream().mapToDouble(each -> APART + each.width()).sum();
    for (double narrower = total / fewest; narrower < width; narrower += APART) {
      List<List<Entry>> rows = filled(entries, narrower);
      if (rows.size() == fewest) {
        return rows;
      }
    }
    return filled(entries, width);
  }

  private static List<List<Entry>> filled(List<Entry> entries, double width) {
    List<List<Entry>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry each : entries) {
      double needed = APART + each.width();
      if (used + needed > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(each);
      used += needed;
    }
    return rows;
  }

  List<List<Entry>> rows() {
    return rows;
  }

  double height() {
    return rows.size() * ROW;
  }

  void draw(Graphics2D target, double top) {
    for (int i = 0; i < rows.size(); i++) {
      List<Entry> row = rows.get(i);
      double used = row.stream().mapToDouble(Entry::width).sum() + APART * (row.size() - 1);
      double x = (width - used) / 2;
      for (Entry each : row) {
        draw(each, target, x, top + (i + 0.5) * ROW);
        x += each.width() + APART;
      }
    }
  }

  private static void draw(Entry entry, Graphics2D target, double x, double middle) {
    LineStyle style = entry.style();
    if (entry.line().isJoined()) {
      target.setPaint(style.colour());
      target.setStroke(PanelChart.stroke(entry.line(), style));
      target.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
    }
    if (entry.line().hasMarkers()) {
      PanelChart.drawMarker(
          target,
          style,
          AffineTransform.getTranslateInstance(x + SAMPLE / 2, middle),
          entry.line());
    }
    target.setPaint(PanelChart.TEXT);
    target.setFont(Typeface.of(entry.line().name(), Typeface.TICK));
    target.drawString(
        entry.line().name(), (float) (x + SAMPLE + GAP), (float) (middle + 0.36 * Typeface.TICK));
  }
}
