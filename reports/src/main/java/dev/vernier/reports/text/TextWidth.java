package dev.vernier.reports.text;

/**
 * How wide text is in print: as in Computer Modern at seven points, which is wider than it is at
 * larger sizes, and than the Times of most journals.
 */
public final class TextWidth {
  /** Thousandths of the font size, of the printable characters of ASCII. */
  private static final int[] WIDTHS = {
    385, 323, 580, 938, 569, 938, 877, 323, 446, 446, 569, 877, 323, 385, 323, 569, 569, 569, 569,
    569, 569, 569, 569, 569, 569, 569, 323, 323, 889, 877, 889, 539, 877, 843, 799, 815, 860, 768,
    737, 884, 843, 413, 583, 874, 706, 1028, 843, 877, 768, 877, 829, 631, 815, 843, 843, 1151, 843,
    843, 692, 323, 600, 323, 600, 600, 323, 569, 631, 508, 631, 508, 354, 569, 631, 323, 354, 600,
    323, 938, 631, 569, 631, 600, 446, 453, 446, 631, 600, 815, 600, 600, 508, 600, 320, 600, 600
  };

  private static final double OTHER = 900;
  private static final double EM = 1000;

  private TextWidth() {}

  /** The width of a line in units of its font size. */
  public static double ems(String line) {
    return line.chars().mapToDouble(TextWidth::width).sum() / EM;
  }

  private static double width(int c) {
    int place = c - ' ';
    return place >= 0 && place < WIDTHS.length ? WIDTHS[place] : OTHER;
  }
}
