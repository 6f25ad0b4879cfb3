package dev.vernier.harness.evaluation;

import dev.vernier.harness.codes.CodeGrid;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Codes that some tool kept: {@code [N, k, ...]} of k sub-codebooks; of one {@code [N, h, w]},
 * {@code [N, tokens]} or {@code [N, 1, ...]}. Where their positions are those of a grid, as {@link
 * CodeGrid} has it, they are known as such; any others are a sequence.
 *
 * @param indices {@code [N, k, h, w]}, row-major
 * @param subCodebooks whose they are
 * @param grid its positions; those of a sequence in one row
 * @param downsampling the factor between the sides of an image and of the grid; 0 of a sequence
 * @param note what was guessed of them; empty where nothing was
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bulk data, never compared
record GivenCodes(
    int[] indices,
    List<SubCodebook> subCodebooks,
    CodeGrid grid,
    int downsampling,
    Optional<String> note) {
  private static final int MOST_OF_ONE_CODEBOOK = 3;

  /**
   * Reads a {@code .npy} file of integers.
   *
   * @param count how many images have codes
   * @param declared the downsampling factor that the user says; 0 for none
   * @throws UsageException if it holds no integers, if the shape fits neither the sub-codebooks nor
   *     the images, or if an index lies outside its sub-codebook
   */
  static GivenCodes read(
      Path file, int count, List<SubCodebook> books, ImageSize size, int declared)
      throws IOException {
    NumpyArray array = NumpyArray.readIntegers(file);
    int[] shape = array.shape();
    if (shape.length < 2 || shape[0] != count) {
      throw new UsageException(
          "%s has the shape %s for %3$d images: give a row of codes for each of them, at least [%3$d, %4$d]"
              .formatted(file, Arrays.toString(shape), count, books.size()));
    }
    if (array.length() == 0) {
      throw new UsageException(
          "%s has the shape %s, which holds no codes: give at least one for each image"
              .formatted(file, Arrays.toString(shape)));
    }
    if (books.size() > 1 && shape[1] != books.size()) {
      throw new UsageException(
          "%1$s has the shape %2$s, which is not that of %3$d sub-codebooks: give [N, %3$d, ...]"
              .formatted(file, Arrays.toString(shape), books.size()));
    }
    if (books.size() == 1 && shape.length > MOST_OF_ONE_CODEBOOK && shape[1] != 1) {
      throw new UsageException(
          "%s has the shape %s, which is not that of one codebook: give [N, h, w] or [N, tokens], or the size of each of %d in 'codebooks'"
              .formatted(file, Arrays.toString(shape), shape[1]));
    }
    String source = file.toString();
    CodeGrid grid =
        CodeGrid.find(Arrays.stream(shape).asLongStream().toArray(), books.size(), size)
            .orElseGet(() -> sequence(shape, books.size()));
    int downsampling = grid.factor(size);
    if (declared != 0 && declared != downsampling) {
      throw new UsageException(
          "%s has codes of %d x %d for images of %s, %s and not a downsampling of %d: correct one of them"
              .formatted(
                  file,
                  grid.height(),
                  grid.width(),
                  size,
                  downsampling == 0 ? "no grid" : "a downsampling of " + downsampling,
                  declared));
    }
    int[] indices = array.integers(source);
    grid.requireWithin(books, indices, source);
    boolean guessed = declared == 0 && downsampling > 0 && isFolded(shape, grid);
    return new GivenCodes(
        indices,
        books,
        grid,
        downsampling,
        guessed ? Optional.of(guess(source, shape, grid)) : Optional.empty());
  }

  /** Whether the rows of a grid are not told apart by the shape. */
  private static boolean isFolded(int[] shape, CodeGrid grid) {
    return grid.height() > 1 && shape[shape.length - 1] == grid.area();
  }

  private static String guess(String source, int[] shape, CodeGrid grid) {
    int[] sequence = Arrays.copyOf(shape, shape.length + 1);
    sequence[shape.length] = 1;
    return "%s: %d codes an image are taken for a grid of %d x %d; give them as %s where they are a sequence"
        .formatted(source, grid.area(), grid.height(), grid.width(), Arrays.toString(sequence));
  }

  private static CodeGrid sequence(int[] shape, int books) {
    int each = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    return new CodeGrid(1, each / books);
  }

  /** The codes of some images. */
  Tokens of(int[] rows) {
    int each = subCodebooks.size() * grid.area();
    int[] some = new int[rows.length * each];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(indices, rows[i] * each, some, i * each, each);
    }
    return new Tokens(some, rows.length, subCodebooks, grid.height(), grid.width());
  }
}
