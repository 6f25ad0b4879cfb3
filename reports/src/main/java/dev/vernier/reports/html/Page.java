package dev.vernier.reports.html;

import dev.vernier.reports.text.XmlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The frame of a page, and the elements that several sections use. */
final class Page {
  private static final String STYLE = "/dev/vernier/reports/html/page.css";

  private Page() {}

  /**
   * A whole document.
   *
   * @param title its title and first heading
   * @param sections HTML of its sections, empty ones included
   */
  static String of(String title, List<String> sections) throws IOException {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        %3$s</main>
        </body>
        </html>
        """
        .formatted(XmlText.escape(title), style(), String.join("", sections));
  }

  private static String style() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A section with a heading; nothing where it has no content. */
  static String section(String id, String heading, String content) {
    return content.isEmpty()
        ? ""
        : "<section id=\"%1$s\" aria-labelledby=\"%1$s-heading\">\n<h2 id=\"%1$s-heading\">%2$s</h2>\n%3$s</section>\n"
            .formatted(id, XmlText.escape(heading), content);
  }

  /** A paragraph of plain text. */
  static String paragraph(String text) {
    return "<p>" + XmlText.escape(text) + "</p>\n";
  }

  /** A part that scrolls sideways where the window is narrow, reachable by keyboard. */
  static String wide(String label, String content) {
    return "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(XmlText.escape(label), content);
  }

  /** Names and values. */
  static String pairs(String caption, Map<String, String> pairs) {
    String rows =
        pairs.entrySet().stream()
            .map(
                pair ->
                    "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                        .formatted(
                            XmlText.escape(pair.getKey()),
                            XmlText.escape(String.valueOf(pair.getValue()))))
            .collect(Collectors.joining());
    return pairs.isEmpty()
        ? ""
        : "<table class=\"pairs\">\n<caption>%s</caption>\n<tbody>\n%s</tbody>\n</table>\n"
            .formatted(XmlText.escape(caption), rows);
  }
}
