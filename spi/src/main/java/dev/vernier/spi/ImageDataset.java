package dev.vernier.spi;

import java.util.List;
import java.util.random.RandomGenerator;

/** Labelled images of one size in two splits. Safe for use by several threads. */
public interface ImageDataset {
  /** What the dataset is. */
  DatasetSpec spec();

  /** Number of images of a split. */
  int size(Split split);

  /** One image as evaluation sees it: cropped and resized without any random choice. */
  LabelledImage image(Split split, int index);

  /**
   * One training image as a random augmentation shows it; the same generator state gives the same
   * picture.
   */
  LabelledImage augmented(int index, RandomGenerator random);

  /**
   * What was wrong with the source but could be passed over, such as files that are no images;
   * shown in results.
   */
  default List<String> skipped() {
    return List.of();
  }
}
