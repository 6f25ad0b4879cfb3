package dev.vernier.reports.charts;

import java.awt.BasicStroke;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a line is made of. */
enum Dash {
  SOLID(""),
  DASHED("5 2"),
  DASH_DOT("6 2 1.2 2"),
  SHORT("2.4 1.6"),
  LONG("9 2.4"),
  DOTTED("1.2 1.6");

  private final String pattern;

  /**
   * A line.
   *
   * @param pattern lengths of dashes and gaps in turn, in points; empty for a full line
   */
  Dash(String pattern) {
    this.pattern = pattern;
  }

  BasicStroke stroke(float width) {
    if (pattern.isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    double[] lengths = Stream.of(pattern.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    float[] dashes = new float[lengths.length];
    IntStream.range(0, dashes.length).forEach(i -> dashes[i] = (float) lengths[i]);
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }

  /** The option of TikZ for it. */
  String tikz() {
    if (pattern.isEmpty()) {
      return name().toLowerCase(Locale.ROOT);
    }
    String[] lengths = pattern.split(" ", -1);
    return IntStream.range(0, lengths.length)
        .mapToObj(i -> (i % 2 == 0 ? "on " : "off ") + lengths[i] + "pt")
        .collect(Collectors.joining(" ", "dash pattern=", ""));
  }
}
