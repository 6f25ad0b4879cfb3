package dev.vernier.reports.charts;

import dev.vernier.reports.charts.Method.Origin;
import java.awt.Color;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the lines of all methods of a report look. A family that the field knows has its colour,
 * marker and dashes, see {@link KnownStyles}, whoever measured it and whatever else is drawn; of
 * several of one family that one which bears its name, or else the first. All others get the next
 * free style in their order, and the floor looks like none.
 */
public final class LineStyles {
  /** Grey of a line that belongs to no method. */
  static final Color NEUTRAL = new Color(0x767676);

  private static final LineStyle FLOOR =
      new LineStyle(new Color(0x555555), Marker.CIRCLE, Dash.DOTTED, true);
  private static final LineStyle FRONT = new LineStyle(NEUTRAL, Marker.CIRCLE, Dash.SOLID, true);

  private static final List<Dash> DASHES =
      List.of(Dash.SOLID, Dash.DASHED, Dash.DASH_DOT, Dash.LONG, Dash.SHORT);

  /** Dashes of the parts of a method: they tell apart what has one colour. */
  private static final List<Dash> PARTS = List.of(Dash.SOLID, Dash.SHORT, Dash.DOTTED, Dash.LONG);

  private final Map<String, LineStyle> byLabel;

  private LineStyles(Map<String, LineStyle> byLabel) {
    this.byLabel = byLabel;
  }

  /** The styles for some methods, published ones among them. */
  public static LineStyles of(List<Method> methods) {
    List<Method> styled = methods.stream().filter(each -> !isGrey(each)).toList();
    LineStyles all = new LineStyles(new LinkedHashMap<>());
    all.takeKnown(styled, Method::label);
    all.takeKnown(styled, Method::family);
    for (Method each : styled) {
      all.byLabel.computeIfAbsent(each.label(), label -> free(all.byLabel.values()));
    }
    return all;
  }

  private static boolean isGrey(Method method) {
    return method.origin() == Origin.FLOOR || method.origin() == Origin.REST;
  }

  /** Gives methods the style of a name, where no other of the same origin has it. */
  private void takeKnown(List<Method> methods, Function<Method, String> name) {
    for (Method each : methods) {
      KnownStyles.of(name.apply(each))
          .filter(
              style ->
                  methods.stream()
                      .filter(other -> other.origin() == each.origin())
                      .noneMatch(other -> style.equals(byLabel.get(other.label()))))
          .ifPresent(style -> byLabel.putIfAbsent(each.label(), style));
    }
  }

  /** A style of the colour and the marker that the fewest have. */
  private static LineStyle free(Collection<LineStyle> taken) {
    List<Color> colours = rarest(KnownStyles.colours(), taken, LineStyle::colour);
    List<Marker> markers = rarest(List.of(Marker.values()), taken, LineStyle::marker);
    Dash dash = DASHES.get(taken.size() % DASHES.size());
    return markers.stream()
        .flatMap(marker -> colours.stream().map(each -> new LineStyle(each, marker, dash, false)))
        .filter(style -> taken.stream().noneMatch(each -> each.resembles(style)))
        .findFirst()
        .orElseGet(() -> new LineStyle(colours.get(0), markers.get(0), dash, false));
  }

  private static <T> List<T> rarest(
      List<T> all, Collection<LineStyle> taken, Function<LineStyle, T> part) {
    return all.stream()
        .sorted(
            Comparator.comparingLong(
                one -> taken.stream().filter(each -> part.apply(each).equals(one)).count()))
        .toList();
  }

  /**
   * The style of a line.
   *
   * @param panel the lines it is drawn with, by which parts of a method are told apart
   */
  LineStyle of(Line line, List<Line> panel) {
    if (line.form() == Line.Form.FRONT) {
      return FRONT;
    }
    Method method = line.method();
    LineStyle style = isGrey(method) ? FLOOR : byLabel.get(method.label());
    style = method.origin() == Origin.PUBLISHED ? style.asHollow() : style;
    List<String> parts =
        panel.stream()
            .filter(each -> each.method().equals(method))
            .map(Line::part)
            .distinct()
            .toList();
    return parts.size() > 1
        ? style.with(PARTS.get(parts.indexOf(line.part()) % PARTS.size()))
        : style;
  }
}
