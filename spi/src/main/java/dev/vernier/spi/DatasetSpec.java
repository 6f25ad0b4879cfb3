package dev.vernier.spi;

import java.util.List;

/**
 * What a dataset is.
 *
 * @param name how a user names it, such as {@code cifar10:DIR}
 * @param imageSize that of every image
 * @param classes the names of the classes by label; empty where there are none
 * @param hash SHA-256, in hexadecimal, over all that decides its pixels and labels
 */
public record DatasetSpec(String name, ImageSize imageSize, List<String> classes, String hash) {
  /** Copies the classes. */
  public DatasetSpec {
    classes = List.copyOf(classes);
  }

  /** Whether there are classes to tell apart. */
  public boolean isLabelled() {
    return classes.size() > 1;
  }
}
