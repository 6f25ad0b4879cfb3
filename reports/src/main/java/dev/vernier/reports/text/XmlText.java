package dev.vernier.reports.text;

import java.util.stream.Collectors;

/** Text inside XML and HTML. What cannot stand in XML, such as control characters, is replaced. */
public final class XmlText {
  private XmlText() {}

  /** The text so that it may stand in an element or in a quoted attribute. */
  public static String escape(String text) {
    return text.chars().mapToObj(c -> escape((char) c)).collect(Collectors.joining());
  }

  private static String escape(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '\t', '\n', '\r' -> String.valueOf(c);
      default -> c < ' ' || c >= '\ufffe' ? "\ufffd" : String.valueOf(c);
    };
  }
}
