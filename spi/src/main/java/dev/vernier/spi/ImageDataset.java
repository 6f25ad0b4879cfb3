package dev.vernier.spi;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Labelled images of one size in two splits. Safe for use by several threads. */
public interface ImageDataset {
  /** What the dataset is. */
  DatasetSpec spec();

  /** Number of images of a split. */
  int size(Split split);

  /** One image as evaluation sees it: cropped and resized without any random choice. */
  LabelledImage image(Split split, int index);

  /** What an image is called, see {@link LabelledImage#id}. */
  default String id(Split split, int index) {
    return image(split, index).id();
  }

  /** The label of an image, negative where its class is not known. */
  default int label(Split split, int index) {
    return image(split, index).label();
  }

  /**
   * One training image as a random augmentation shows it; the same generator state gives the same
   * picture.
   */
  LabelledImage augmented(int index, RandomGenerator random);

  /**
   * One training image as {@link #image} shows it, but in another size, taken from what the dataset
   * was made from: larger crops show more than enlarged images. By default, and for datasets whose
   * images come in one size, empty.
   *
   * @param size at most a quarter more than {@link DatasetSpec#imageSize} on each side
   * @return an image of that size
   */
  default Optional<LabelledImage> resized(int index, ImageSize size) {
    return Optional.empty();
  }

  /**
   * One image as its source has it, before it is cropped and resized; {@link #image} itself where
   * the images come in one size. By default empty: nothing else can be had of it.
   *
   * @return an image of any size
   */
  default Optional<LabelledImage> original(Split split, int index) {
    return Optional.empty();
  }

  /**
   * What was wrong with the source but could be passed over, such as files that are no images;
   * shown in results.
   */
  default List<String> skipped() {
    return List.of();
  }
}
