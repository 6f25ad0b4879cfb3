package dev.vernier.harness.codes;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The grid of positions that an array of indices of some other tool has: {@code [N, k, h, w]} or
 * {@code [N, k, h*w]} of k sub-codebooks, of one also {@code [N, h, w]} or {@code [N, h*w]}, where
 * {@code h*w} is a square. Row by row in memory all of these lie alike.
 *
 * @param height rows
 * @param width columns
 */
public record CodeGrid(int height, int width) {
  /**
   * Reads it off a shape.
   *
   * @param shape the first side are the images
   * @param books number of sub-codebooks
   * @param source whose it is, for messages
   * @throws UsageException if the shape is none of these
   */
  public static CodeGrid of(long[] shape, int books, String source) {
    if (!isLaidOut(shape, books)) {
      throw new UsageException(
          "%s has indices %s, which are not those of %s: give [N, %sh, w] or [N, %sh*w]"
              .formatted(
                  source,
                  Arrays.toString(shape),
                  books == 1 ? "one codebook" : books + " sub-codebooks",
                  books == 1 ? "" : books + ", ",
                  books == 1 ? "" : books + ", "));
    }
    return grid(shape, books)
        .orElseThrow(
            () ->
                new UsageException(
                    "%s has indices %s, and %d positions are not a square grid: give the indices of a grid, or none"
                        .formatted(source, Arrays.toString(shape), shape[shape.length - 1])));
  }

  /**
   * The grid of images of a size that a shape holds.
   *
   * @return empty where its positions are none, as of a tokenizer that gives a sequence
   */
  public static Optional<CodeGrid> find(long[] shape, int books, ImageSize images) {
    return isLaidOut(shape, books)
        ? grid(shape, books).filter(each -> each.factor(images) > 0)
        : Optional.empty();
  }

  private static boolean isLaidOut(long[] shape, int books) {
    int rank = shape.length;
    boolean stacked = rank > 2 && shape[1] == books;
    return (stacked && rank < 5) || (books == 1 && (rank == 2 || rank == 3));
  }

  private static Optional<CodeGrid> grid(long[] shape, int books) {
    int rank = shape.length;
    boolean square = rank == 2 || (rank == 3 && shape[1] == books && (books > 1 || shape[2] > 1));
    return square
        ? square(shape[rank - 1])
        : Optional.of(new CodeGrid((int) shape[rank - 2], (int) shape[rank - 1]));
  }

  private static Optional<CodeGrid> square(long positions) {
    int side = (int) Math.round(Math.sqrt((double) positions));
    return (long) side * side == positions
        ? Optional.of(new CodeGrid(side, side))
        : Optional.empty();
  }

  /** Number of positions. */
  public int area() {
    return height * width;
  }

  /**
   * The factor between the sides of images and of the grid.
   *
   * @throws UsageException if there is none
   */
  public int downsampling(ImageSize images, String source) {
    int factor = factor(images);
    if (factor == 0) {
      throw new UsageException(
          "%s has indices of %d x %d positions for images of %s pixels, whose sides do not divide into that grid: check which images it was made for"
              .formatted(source, height, width, images));
    }
    return factor;
  }

  /** The factor between the sides of images and of the grid; 0 where there is none. */
  public int factor(ImageSize images) {
    int factor = height == 0 ? 0 : images.height() / height;
    return height * factor == images.height() && width * factor == images.width() ? factor : 0;
  }

  /**
   * Looks whether indices are such of their sub-codebooks.
   *
   * @param indices {@code [N, k, height, width]}, row-major
   * @throws UsageException if one lies outside
   */
  public void requireWithin(List<SubCodebook> books, int[] indices, String source) {
    for (int i = 0; i < indices.length; i++) {
      SubCodebook book = books.get(i / area() % books.size());
      if (indices[i] < 0 || indices[i] >= book.size()) {
        throw new UsageException(
            "%s has the index %d, outside of %s, which is declared to have %d codes, 0 to %d: check 'codebooks'"
                .formatted(source, indices[i], named(book, books), book.size(), book.size() - 1));
      }
    }
  }

  private static String named(SubCodebook book, List<SubCodebook> books) {
    return books.size() == 1 ? "the codebook" : "sub-codebook " + book.name();
  }

  /** Sub-codebooks of which only the sizes are known; several are numbered from 1. */
  public static List<SubCodebook> books(List<Integer> sizes) {
    List<SubCodebook> books = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      books.add(new SubCodebook(sizes.size() == 1 ? "code" : "code-" + (i + 1), sizes.get(i)));
    }
    return books;
  }
}
