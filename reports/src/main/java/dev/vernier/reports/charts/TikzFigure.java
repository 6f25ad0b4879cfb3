package dev.vernier.reports.charts;

import dev.vernier.reports.text.LatexText;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A figure as a picture of TikZ and pgfplots, to {@code \input}: the same axes, ticks, lines and
 * legend, in the document's own typeface. Of every point it has {@code x}, and {@code at}, where it
 * is drawn beside others of its place.
 */
final class TikzFigure {
  private static final int LEGEND_COLUMNS = 4;

  private final Figure figure;
  private final FigureLayout layout;
  private final StringBuilder text = new StringBuilder();
  private final Map<Color, String> colours = new LinkedHashMap<>();

  private TikzFigure(FigureLayout layout) {
    this.figure = layout.figure();
    this.layout = layout;
  }

  static String of(FigureLayout layout) {
    return new TikzFigure(layout).picture();
  }

  private String picture() {
    add("%% needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.16}");
    add("\\begin{tikzpicture}");
    for (Panel panel : figure.panels()) {
      for (Line line : panel.lines()) {
        Color colour = style(panel, line).colour();
        if (!colours.containsKey(colour)) {
          colours.put(colour, "line" + colours.size());
          add("\\definecolor{%s}{HTML}{%06X}", colours.get(colour), colour.getRGB() & 0xffffff);
        }
      }
    }
    List<Rectangle2D> axes = layout.axes();
    for (int i = 0; i < axes.size(); i++) {
      axis(figure.panels().get(i), axes.get(i), i == 0);
    }
    add("\\end{tikzpicture}");
    return text.toString();
  }

  private LineStyle style(Panel panel, Line line) {
    return figure.styles().of(line, panel.lines());
  }

  private void axis(Panel panel, Rectangle2D place, boolean first) {
    add("\\begin{axis}[");
    add(
        "  scale only axis, at={(%sbp,%sbp)}, anchor=north west,",
        shown(place.getX()), shown(-place.getY()));
    add("  width=%sbp, height=%sbp,", shown(place.getWidth()), shown(place.getHeight()));
    add("  axis lines=left, axis line style={-}, ymajorgrids, grid style={black!12},");
    add("  tick style={black}, tick align=outside, clip marker paths=false,");
    add("  label style={font=\\footnotesize}, tick label style={font=\\scriptsize},");
    // Of one height and depth whatever their letters, so that panels line up.
    add(
        "  title style={font=\\footnotesize}, title={\\strut %s},",
        LatexText.escape(panel.title()));
    add("  xticklabel style={text height=1.5ex, text depth=0.5ex},");
    scale("x", panel.x(), ScaleAxis.sideways(place.getWidth()));
    scale("y", panel.y(), ScaleAxis.upwards(place.getHeight()));
    if (first) {
      legend(place);
    }
    add("]");
    SideBySide beside = SideBySide.of(panel, place.getWidth(), place.getHeight());
    for (int i = 0; i < panel.lines().size(); i++) {
      int number = i;
      Line line = panel.lines().get(i);
      plot(
          line,
          style(panel, line),
          panel.x(),
          point -> beside.shift(number, point) / place.getWidth());
    }
    PointNotes.of(panel, place).forEach(this::note);
    if (first) {
      for (Legend.Entry each : entries()) {
        add("\\addlegendimage{%s}", options(each.line(), each.style()));
        add("\\addlegendentry{%s}", LatexText.escape(each.line().name()));
      }
    }
    add("\\end{axis}");
  }

  private List<Legend.Entry> entries() {
    return layout.legend().rows().stream().flatMap(List::stream).toList();
  }

  private void scale(String axis, Scale scale, ToDoubleFunction<String> extent) {
    List<Scale.Tick> ticks = scale.ticks(extent);
    add("  %slabel={%s},", axis, LatexText.escape(scale.label()));
    if (scale.spacing().logarithmic()) {
      add("  %smode=log,", axis);
    }
    add("  %1$smin=%2$s, %1$smax=%3$s,", axis, scale.low(), scale.high());
    add("  %stick={%s},", axis, joined(ticks, tick -> String.valueOf(tick.at())));
    add("  %sticklabels={%s},", axis, joined(ticks, tick -> "{$" + number(tick.text()) + "$}"));
  }

  private static String number(String text) {
    return text.replace(",", "{,}").replace("\u2212", "-");
  }

  private static String joined(List<Scale.Tick> ticks, Function<Scale.Tick, String> part) {
    return ticks.stream().map(part).collect(Collectors.joining(","));
  }

  /** Below all panels, in the middle, from where the first one stands. */
  private void legend(Rectangle2D first) {
    double x = (figure.width() / 2 - first.getX()) / first.getWidth();
    double y = (first.getMaxY() - layout.legendTop()) / first.getHeight();
    add(
        "  legend columns=%d, legend cell align=left, legend style={draw=none, font=\\scriptsize,",
        figure.width() > PageWidth.SINGLE.points() ? LEGEND_COLUMNS : LEGEND_COLUMNS / 2);
    add(
        "    at={(%s,%s)}, anchor=north, /tikz/every even column/.append style={column sep=1em}},",
        shown(x), shown(y));
  }

  private void plot(Line line, LineStyle style, Scale x, IntToDoubleFunction shift) {
    add("%% %s", line.name().replaceAll("\\p{Cntrl}|\\R", " "));
    String whiskers =
        line.hasWhiskers()
            ? ", error bars/.cd, y dir=both, y explicit, error bar style={solid, line width=0.8pt},"
                + " error mark options={rotate=90, mark size=1.6pt, line width=0.8pt}"
            : "";
    add("\\addplot[forget plot, %s%s]", options(line, style), whiskers);
    add("  table[row sep=\\\\, x=at, y=y, y error plus=plus, y error minus=minus] {");
    add("  x at y plus minus \\\\");
    for (int i = 0; i < line.points().size(); i++) {
      Line.Point each = line.points().get(i);
      add(
          "  %s %s %s %s %s \\\\",
          each.x(),
          x.number(x.position(each.x()) + shift.applyAsDouble(i)),
          each.y(),
          each.whisker().map(whisker -> whisker.high() - each.y()).orElse(0.0),
          each.whisker().map(whisker -> each.y() - whisker.low()).orElse(0.0));
    }
    add("  };");
  }

  private String options(Line line, LineStyle style) {
    String colour = colours.get(style.colour());
    boolean front = line.form() == Line.Form.FRONT;
    String path =
        !line.isJoined()
            ? "only marks"
            : style.dash().tikz() + (front ? ", line width=0.5pt" : ", line width=1.1pt");
    String marker =
        line.hasMarkers()
            ? "mark=%s, mark size=%s, mark options={solid, rotate=%s, draw=%s, fill=%s}"
                .formatted(
                    style.marker().pgfName(),
                    line.hasSmallMarkers() ? "1.6pt" : "2.3pt",
                    style.marker().pgfRotation(),
                    colour,
                    style.hollow() ? "white" : colour)
            : "mark=none";
    return colour + ", " + path + ", " + marker;
  }

  /** Where the other files have it, whose letters are about as large. */
  private void note(PointNotes.Note note) {
    add(
        "\\node[font=\\tiny, inner sep=0pt, xshift=%sbp, yshift=%sbp] at (axis cs:%s,%s) {%s};",
        shown(note.box().getCenterX() - note.at().getX()),
        shown(note.at().getY() - note.box().getCenterY()),
        note.point().x(),
        note.point().y(),
        LatexText.escape(note.text()));
  }

  private void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String shown(double points) {
    return String.format(Locale.ROOT, "%.3f", points);
  }
}
