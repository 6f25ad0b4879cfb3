package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The validation images that reconstructions are paired with, and their features. A part of the
 * split is taken evenly over it, since folders are sorted by class.
 */
public final class ReferenceImages {
  private static final int SMALLEST = 2;
  private final ImageDataset dataset;
  private final int count;

  /**
   * The images to measure.
   *
   * @param count 0 for all of them
   * @throws UsageException if there are fewer than asked for, or too few for any statistics
   */
  public ReferenceImages(ImageDataset dataset, int count) {
    int available = dataset.size(Split.VALIDATION);
    if (count > available) {
      throw new UsageException(
          "images="
              + count
              + " were asked for, "
              + dataset.spec().name()
              + " has "
              + available
              + " validation images: ask for fewer, or 0 for all");
    }
    int chosen = count == 0 ? available : count;
    if (chosen < SMALLEST) {
      throw new UsageException(
          dataset.spec().name()
              + " has "
              + available
              + " validation images, of which "
              + chosen
              + " would be measured; statistics need at least "
              + SMALLEST
              + ": add images below val/");
    }
    this.dataset = dataset;
    this.count = chosen;
  }

  /**
   * Looks whether a tokenizer was made for these images.
   *
   * @throws UsageException if it was made for another size
   */
  public void requireSizeOf(TokenizerSpec tokenizer) {
    ImageSize size = dataset.spec().imageSize();
    if (!tokenizer.imageSize().equals(size)) {
      throw new UsageException(
          "the tokenizer was made for images of "
              + tokenizer.imageSize()
              + " pixels, the dataset has "
              + size
              + ": use --set data.image-size="
              + tokenizer.imageSize().text()
              + " where the dataset has that setting");
    }
  }

  /** The dataset they come from. */
  public ImageDataset dataset() {
    return dataset;
  }

  /** How many. */
  public int count() {
    return count;
  }

  /** Whether the split has further images. */
  boolean isPart() {
    return count < dataset.size(Split.VALIDATION);
  }

  /** Some of them, in order. */
  public List<LabelledImage> from(int first, int most) {
    return IntStream.range(first, Math.min(count, first + most))
        .mapToObj(i -> dataset.image(Split.VALIDATION, place(i)))
        .toList();
  }

  /** What one of them is called, as {@link LabelledImage#id} has it. */
  String id(int index) {
    return dataset.id(Split.VALIDATION, place(index));
  }

  /**
   * Whether protocols of papers can crop them: the dataset hands them out uncropped, and its own
   * crops are squares, too.
   */
  boolean croppable() {
    return dataset.spec().imageSize().isSquare()
        && dataset.original(Split.VALIDATION, place(0)).isPresent();
  }

  /** Those from one place to before another as they were before the dataset cropped them. */
  List<LabelledImage> uncropped(int first, int last) {
    return IntStream.range(first, last)
        .parallel()
        .mapToObj(i -> dataset.original(Split.VALIDATION, place(i)).orElseThrow())
        .toList();
  }

  private int place(int index) {
    return (int) ((long) index * dataset.size(Split.VALIDATION) / count);
  }

  /** The features of all of them. */
  public FeatureTable features(FeatureExtractor extractor, Progress progress) {
    FeatureTable table = FeatureTable.ofReference(extractor, count);
    for (int first = 0; first < count; first += FeatureTable.BATCH) {
      table.add(from(first, FeatureTable.BATCH));
      progress.update("features of the reference images", table.rows(), count, "");
    }
    return table;
  }
}
