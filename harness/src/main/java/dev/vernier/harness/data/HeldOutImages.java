package dev.vernier.harness.data;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.RandomOrder;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A dataset of which some training images are held out of training and stand where the validation
 * images are, which nobody sees: what settings are chosen on, no reported number may rest on.
 */
public final class HeldOutImages implements ImageDataset {
  /** Which images are held out is the same in every run. */
  private static final long SEED = 1;

  private final ImageDataset images;
  private final DatasetSpec spec;
  private final int[] held;
  private final int[] kept;

  private HeldOutImages(ImageDataset images, int count) {
    this.images = images;
    int[] order = RandomOrder.of(images.size(Split.TRAIN), new SplittableRandom(SEED));
    this.held = Arrays.copyOf(order, count);
    this.kept = Arrays.copyOfRange(order, count, order.length);
    Arrays.sort(held);
    Arrays.sort(kept);
    DatasetSpec whole = images.spec();
    this.spec =
        new DatasetSpec(
            whole.name() + ", " + count + " training images held out",
            whole.imageSize(),
            whole.classes(),
            new ContentHash().add(whole.hash()).add("held out " + count).hexadecimal());
  }

  /**
   * Holds images out.
   *
   * @param count how many; 0 for the dataset as it is
   * @throws UsageException if there would be none left to train on
   */
  public static ImageDataset of(ImageDataset images, int count) {
    if (count == 0) {
      return images;
    }
    int available = images.size(Split.TRAIN);
    if (count >= available) {
      throw new UsageException(
          "hold-out="
              + count
              + " would leave nothing to train on, "
              + images.spec().name()
              + " has "
              + available
              + " training images: hold fewer out");
    }
    return new HeldOutImages(images, count);
  }

  private int index(Split split, int index) {
    return split == Split.TRAIN ? kept[index] : held[index];
  }

  @Override
  public DatasetSpec spec() {
    return spec;
  }

  @Override
  public int size(Split split) {
    return split == Split.TRAIN ? kept.length : held.length;
  }

  @Override
  public LabelledImage image(Split split, int index) {
    return images.image(Split.TRAIN, index(split, index));
  }

  @Override
  public String id(Split split, int index) {
    return images.id(Split.TRAIN, index(split, index));
  }

  @Override
  public int label(Split split, int index) {
    return images.label(Split.TRAIN, index(split, index));
  }

  @Override
  public Optional<LabelledImage> original(Split split, int index) {
    return images.original(Split.TRAIN, index(split, index));
  }

  @Override
  public LabelledImage augmented(int index, RandomGenerator random) {
    return images.augmented(kept[index], random);
  }

  @Override
  public Optional<LabelledImage> resized(int index, ImageSize size) {
    return images.resized(kept[index], size);
  }

  @Override
  public List<String> skipped() {
    return images.skipped();
  }
}
