package dev.vernier.reports.html;

import dev.vernier.reports.charts.DrawnFigure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Content that stands in a page in place of the name of a file. */
final class DataUri {
  private DataUri() {}

  static String of(String type, byte[] content) {
    return of(type, Base64.getEncoder().encodeToString(content));
  }

  static String of(String type, String base64) {
    return "data:" + type + ";base64," + base64;
  }

  /** A figure as an image: nothing in it can run, or reach the page. */
  static String of(DrawnFigure figure) {
    return of("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8));
  }
}
