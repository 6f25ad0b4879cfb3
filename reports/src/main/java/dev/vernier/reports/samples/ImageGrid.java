package dev.vernier.reports.samples;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The same images by every method, one by one, small enough to stand inside a page.
 *
 * @param originals from left to right
 * @param rows what each method leaves of them
 * @param caption where they come from
 */
public record ImageGrid(List<Picture> originals, List<Row> rows, String caption) {
  /** More characters than this make a page slow to open. */
  private static final long MOST_CHARACTERS = 4_000_000;

  /** The longer side of an image whose pixels a page has no room for. */
  private static final int REDUCED_SIDE = 256;

  private static final String REDUCED =
      " To fit into this page the images are JPEG files, of at most %s pixels a side; the files of"
          + " the cells have every pixel.";

  /** Copies the lists. */
  public ImageGrid {
    originals = List.copyOf(originals);
    rows = List.copyOf(rows);
  }

  /**
   * An image file.
   *
   * @param type its media type
   * @param base64 its content
   */
  public record Picture(String type, String base64) {}

  /**
   * What a method leaves of the images.
   *
   * @param label lines that say which method, the name first
   * @param images one an original
   */
  public record Row(List<String> label, List<Picture> images) {
    /** Copies the lists. */
    public Row {
      label = List.copyOf(label);
      images = List.copyOf(images);
    }
  }

  /**
   * A grid of images, every pixel of them where there is room.
   *
   * @param labels one a row, that of the originals not among them
   * @param images rows of equally many images, the originals first
   */
  static ImageGrid of(List<List<String>> labels, List<List<BufferedImage>> images, String caption)
      throws IOException {
    List<List<Picture>> pictures = pictures(images, false);
    long size =
        pictures.stream().flatMap(List::stream).mapToLong(each -> each.base64().length()).sum();
    boolean reduced = size > MOST_CHARACTERS;
    List<List<Picture>> shown = reduced ? pictures(images, true) : pictures;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      rows.add(new Row(labels.get(i), shown.get(i + 1)));
    }
    return new ImageGrid(
        shown.get(0), rows, caption + (reduced ? REDUCED.formatted(REDUCED_SIDE) : ""));
  }

  private static List<List<Picture>> pictures(List<List<BufferedImage>> images, boolean reduced)
      throws IOException {
    List<List<Picture>> all = new ArrayList<>();
    for (List<BufferedImage> row : images) {
      List<Picture> pictures = new ArrayList<>();
      for (BufferedImage image : row) {
        pictures.add(reduced ? picture(reduced(image), "jpeg") : picture(image, "png"));
      }
      all.add(pictures);
    }
    return all;
  }

  private static Picture picture(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return new Picture("image/" + format, Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private static BufferedImage reduced(BufferedImage image) {
    double scale =
        Math.min(1, (double) REDUCED_SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D target = smaller.createGraphics();
    target.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    target.drawImage(image, 0, 0, width, height, null);
    target.dispose();
    return smaller;
  }
}
