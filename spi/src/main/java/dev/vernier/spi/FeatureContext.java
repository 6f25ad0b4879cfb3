package dev.vernier.spi;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a feature extractor may use when it is made.
 *
 * @param dataset the images it will be used on; an extractor may train itself on the training split
 * @param seed tells apart nets of the same kind: the one that scores has another than the one in a
 *     loss
 * @param nets where trained weights are kept
 * @param progress takes a line of progress now and then
 */
public record FeatureContext(
    ImageDataset dataset, long seed, KeptNets nets, Consumer<String> progress) {
  /** The same with nets that are kept in a folder, below {@code features}. */
  public FeatureContext(ImageDataset dataset, long seed, Path cache, Consumer<String> progress) {
    this(dataset, seed, name -> cache.resolve("features").resolve(name), progress);
  }
}
