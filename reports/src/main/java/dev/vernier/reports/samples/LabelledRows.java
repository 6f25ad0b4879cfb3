package dev.vernier.reports.samples;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** Draws rows of images below each other, each with lines of text on its left. */
final class LabelledRows {
  private static final int SMALLEST_FONT = 16;

  /** Lines of text that fit beside an image; large pictures are shown smaller, text and all. */
  private static final int LINES = 6;

  private final List<Row> rows;
  private final int fontSize;

  private LabelledRows(List<Row> rows, int imagesHigh) {
    this.rows = rows;
    int image = rows.get(0).images.getHeight() / imagesHigh;
    this.fontSize = Math.max(SMALLEST_FONT, image / LINES);
  }

  /**
   * A row.
   *
   * @param label its lines of text, at least one, the first of them bold
   * @param images drawn pixel by pixel
   */
  record Row(List<String> label, BufferedImage images) {
    /** Copies the list. */
    Row {
      label = List.copyOf(label);
    }
  }

  /**
   * The picture: the text in a column as wide as its longest line, no row lower than its text.
   *
   * @param rows from top to bottom, at least one
   * @param imagesHigh how many images stand above each other in a row
   */
  static BufferedImage draw(List<Row> rows, int imagesHigh) {
    LabelledRows all = new LabelledRows(rows, imagesHigh);
    Graphics2D scratch = all.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    try {
      return all.picture(scratch);
    } finally {
      scratch.dispose();
    }
  }

  private Graphics2D graphics(BufferedImage picture) {
    Graphics2D target = picture.createGraphics();
    target.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    target.setFont(font(0));
    return target;
  }

  private Font font(int line) {
    return new Font(Font.SANS_SERIF, line == 0 ? Font.BOLD : Font.PLAIN, fontSize);
  }

  private BufferedImage picture(Graphics2D scratch) {
    int margin = fontSize / 2;
    int lineHeight =
        IntStream.of(0, 1)
            .map(i -> scratch.getFontMetrics(font(i)).getHeight())
            .max()
            .orElseThrow();
    int text = rows.stream().mapToInt(row -> width(row, scratch)).max().orElseThrow();
    int images = rows.stream().mapToInt(row -> row.images.getWidth()).max().orElseThrow();
    int height = rows.stream().mapToInt(row -> height(row, lineHeight) + margin).sum() + margin;
    BufferedImage picture =
        new BufferedImage(text + images + 3 * margin, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D target = graphics(picture);
    target.setColor(Color.WHITE);
    target.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    target.setColor(Color.BLACK);
    int top = margin;
    for (Row row : rows) {
      target.drawImage(row.images, text + 2 * margin, top, null);
      draw(row.label, target, margin, top, lineHeight);
      top += height(row, lineHeight) + margin;
    }
    target.dispose();
    return picture;
  }

  private void draw(List<String> label, Graphics2D target, int left, int top, int lineHeight) {
    for (int i = 0; i < label.size(); i++) {
      target.setFont(font(i));
      int baseline = top + i * lineHeight + target.getFontMetrics().getAscent();
      target.drawString(label.get(i), left, baseline);
    }
  }

  private int width(Row row, Graphics2D scratch) {
    return IntStream.range(0, row.label.size())
        .map(
            i -> {
              FontMetrics metrics = scratch.getFontMetrics(font(i));
              return metrics.stringWidth(row.label.get(i));
            })
        .max()
        .orElseThrow();
  }

  private static int height(Row row, int lineHeight) {
    return Math.max(row.images.getHeight(), row.label.size() * lineHeight);
  }
}
