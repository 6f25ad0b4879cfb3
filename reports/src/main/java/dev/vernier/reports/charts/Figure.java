package dev.vernier.reports.charts;

import java.util.List;

/**
 * Panels beside and below each other, with one legend for all.
 *
 * @param id stem of its files; what might lead out of their folder becomes a hyphen
 * @param title a few words, read aloud in place of the picture
 * @param caption what the reader needs to judge it
 * @param panels in the order of reading, at least one
 * @param styles how the lines of all methods look
 * @param page how wide it is printed; one panel alone takes a single column whatever this is
 */
public record Figure(
    String id,
    String title,
    String caption,
    List<Panel> panels,
    LineStyles styles,
    PageWidth page) {
  /** Copies the list. */
  public Figure {
    // Names of losses and protocols are part of it, and come from files.
    id = id.replaceAll("[^\\p{L}\\p{N}._-]", "-");
    panels = List.copyOf(panels);
  }

  /** Width in points, 72 to an inch. */
  public double width() {
    return panels.size() == 1 ? PageWidth.SINGLE.points() : page.points();
  }

  /** Its panels as figures of their own, a column wide; none where it has but one. */
  public List<Figure> parts() {
    return panels.size() == 1
        ? List.of()
        : panels.stream()
            .map(
                panel ->
                    new Figure(
                        id + "-" + panel.id(),
                        panel.title().isEmpty() ? title : title + ": " + panel.title(),
                        caption,
                        List.of(panel),
                        styles,
                        PageWidth.SINGLE))
            .toList();
  }
}
