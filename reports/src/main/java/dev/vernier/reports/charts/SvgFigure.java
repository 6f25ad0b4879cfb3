package dev.vernier.reports.charts;

import dev.vernier.reports.text.XmlText;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGUnits;
import org.jfree.svg.ViewBox;

/** A figure as SVG, its text as text in a font that every system has, or one of its measures. */
final class SvgFigure {
  private SvgFigure() {}

  static String of(FigureLayout layout) {
    Figure figure = layout.figure();
    double height = layout.height();
    SVGGraphics2D target = new SVGGraphics2D(figure.width(), height, SVGUnits.PT);
    // The default prefix is the time, which would make every file different.
    target.setDefsKeyPrefix(figure.id() + "-");
    target.setFontFunction(Typeface::stack);
    layout.draw(target);
    ViewBox all = new ViewBox(0, 0, (int) Math.ceil(figure.width()), (int) height);
    String element = target.getSVGElement(figure.id(), true, all, null, null);
    int open = element.indexOf("<svg ") + "<svg ".length();
    int body = element.indexOf('>', open) + 1;
    String described =
        String.format(
            "<title id=\"%1$s-title\">%2$s</title><desc id=\"%1$s-desc\">%3$s</desc>",
            figure.id(), XmlText.escape(figure.title()), XmlText.escape(figure.caption()));
    String names =
        String.format("role=\"img\" aria-labelledby=\"%1$s-title %1$s-desc\" ", figure.id());
    return element.substring(0, open)
        + names
        + element.substring(open, body)
        + described
        + element.substring(body);
  }
}
