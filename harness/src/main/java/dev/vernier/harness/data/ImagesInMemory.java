package dev.vernier.harness.data;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A dataset of square images held in memory; its augmentation is the mirror image. */
record ImagesInMemory(
    DatasetSpec spec, List<LabelledImage> training, List<LabelledImage> validation)
    implements ImageDataset {
  ImagesInMemory {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** The hash of all pixels, labels and names. */
  static String hash(List<LabelledImage> training, List<LabelledImage> validation) {
    ContentHash hash = new ContentHash();
    for (List<LabelledImage> split : List.of(training, validation)) {
      split.forEach(each -> hash.add(each.id()).add("" + each.label()).add(each.rgb()));
    }
    return hash.hexadecimal();
  }

  private List<LabelledImage> images(Split split) {
    return split == Split.TRAIN ? training : validation;
  }

  @Override
  public int size(Split split) {
    return images(split).size();
  }

  @Override
  public LabelledImage image(Split split, int index) {
    return images(split).get(index);
  }

  @Override
  public Optional<LabelledImage> original(Split split, int index) {
    return Optional.of(image(split, index));
  }

  @Override
  public LabelledImage augmented(int index, RandomGenerator random) {
    LabelledImage image = training.get(index);
    if (!random.nextBoolean()) {
      return image;
    }
    byte[] mirrored =
        new RgbImage(image.size().width(), image.size().height(), image.rgb()).mirrored().rgb();
    return new LabelledImage(image.id(), image.label(), image.size(), mirrored);
  }
}
