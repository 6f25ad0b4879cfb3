package dev.vernier.spi;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a feature extractor may use when it is made.
 *
 * @param dataset the images it will be used on; an extractor may train itself on the training split
 * @param seed tells apart nets of the same kind: the one that scores has another than the one in a
 *     loss
 * @param cache a folder where trained weights are kept, under names that hold the dataset's hash
 * @param progress takes a line of progress now and then
 */
public record FeatureContext(
    ImageDataset dataset, long seed, Path cache, Consumer<String> progress) {}
