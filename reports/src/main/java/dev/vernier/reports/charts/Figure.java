package dev.vernier.reports.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Panels side by side.
 *
 * @param id stem of its files
 * @param title a few words, read aloud in place of the picture
 * @param caption what the reader needs to judge it
 * @param panels from left to right, at least one
 */
public record Figure(String id, String title, String caption, List<Panel> panels) {
  private static final int PANEL_WIDTH = 470;
  private static final int HEIGHT = 400;

  /** Copies the list. */
  public Figure {
    panels = List.copyOf(panels);
  }

  /** Width in points. */
  public int width() {
    return PANEL_WIDTH * panels.size();
  }

  /** Height in points. */
  public int height() {
    return HEIGHT;
  }

  /** Draws it, a point to a unit of the target. */
  void draw(Graphics2D target) {
    LineStyles styles = LineStyles.of(panels);
    for (int i = 0; i < panels.size(); i++) {
      Rectangle2D place = new Rectangle2D.Double(i * PANEL_WIDTH, 0, PANEL_WIDTH, HEIGHT);
      PanelChart.of(panels.get(i), styles).draw(target, place);
    }
  }
}
