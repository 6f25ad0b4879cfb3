package dev.vernier.reports.samples;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.TokenizerSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;

/**
 * The first images of a cell's sample picture. It has a row of originals, a row of reconstructions,
 * and mostly one a sub-codebook where there are several; images are enlarged by an integer and
 * stand {@value #GAP} pixels apart.
 *
 * @param originals a row of at most {@value #MOST} images
 * @param reconstructions what became of each of them
 * @param imageSize of an image before it was enlarged
 */
record SampleRows(BufferedImage originals, BufferedImage reconstructions, ImageSize imageSize) {
  /** More images would be too small to be judged on a page. */
  static final int MOST = 12;

  /** Room between images, in pixels. */
  static final int GAP = 2;

  /**
   * Cuts the rows out of a picture.
   *
   * @return empty where there is no picture, or none of such rows
   */
  static Optional<SampleRows> read(Path file, TokenizerSpec spec) throws IOException {
    return read(file, spec, heights(spec));
  }

  /** Cuts the rows out of a picture of originals and reconstructions alone. */
  static Optional<SampleRows> readPairs(Path file, TokenizerSpec spec) throws IOException {
    return read(file, spec, IntStream.of(2));
  }

  /** Whether a picture has a row of what each of several sub-codebooks says alone. */
  static boolean showsParts(Path file, TokenizerSpec spec) throws IOException {
    int books = spec.subCodebooks().size();
    return books > 1 && read(file, spec, IntStream.of(2 + books)).isPresent();
  }

  private static Optional<SampleRows> read(Path file, TokenizerSpec spec, IntStream heights)
      throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return decoded(Files.readAllBytes(file))
        .flatMap(
            picture ->
                heights
                    .mapToObj(rows -> cut(picture, rows, spec.imageSize()))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static Optional<BufferedImage> decoded(byte[] bytes) throws IOException {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
    } catch (IIOException e) {
      return Optional.empty();
    }
  }

  /** The numbers of rows that a picture may have, the likelier one first. */
  private static IntStream heights(TokenizerSpec spec) {
    int books = spec.subCodebooks().size();
    return books == 1 ? IntStream.of(2) : IntStream.of(2 + books, 2);
  }

  private static Optional<SampleRows> cut(BufferedImage picture, int rows, ImageSize imageSize) {
    int down = (picture.getHeight() + GAP) / rows;
    int height = down - GAP;
    if (height < imageSize.height() || height % imageSize.height() != 0) {
      return Optional.empty();
    }
    int right = height / imageSize.height() * imageSize.width() + GAP;
    int columns = (picture.getWidth() + GAP) / right;
    if (rows * down - GAP != picture.getHeight() || columns * right - GAP != picture.getWidth()) {
      return Optional.empty();
    }
    int width = Math.min(MOST, columns) * right - GAP;
    return Optional.of(
        new SampleRows(
            picture.getSubimage(0, 0, width, height),
            picture.getSubimage(0, down, width, height),
            imageSize));
  }

  /** The images of a row one by one, as small as they were. */
  List<BufferedImage> images(BufferedImage row) {
    int factor = row.getHeight() / imageSize.height();
    int right = right(row);
    return IntStream.range(0, (row.getWidth() + GAP) / right)
        .mapToObj(i -> image(row, i * right, factor))
        .toList();
  }

  private BufferedImage image(BufferedImage row, int left, int factor) {
    BufferedImage image =
        new BufferedImage(imageSize.width(), imageSize.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < imageSize.height(); y++) {
      for (int x = 0; x < imageSize.width(); x++) {
        image.setRGB(x, y, row.getRGB(left + x * factor, y * factor));
      }
    }
    return image;
  }

  /** How many images there are in a row. */
  int count() {
    return (originals.getWidth() + GAP) / right(originals);
  }

  /** From the left of an image of a row to that of the next. */
  private int right(BufferedImage row) {
    return row.getHeight() / imageSize.height() * imageSize.width() + GAP;
  }

  /** Equal where the originals are the same pixel by pixel. */
  Object originalsKey() {
    int width = originals.getWidth();
    int height = originals.getHeight();
    int[] pixels = originals.getRGB(0, 0, width, height, null, 0, width);
    return List.of(width, height, IntBuffer.wrap(pixels));
  }
}
