package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What generated images are compared with. */
public sealed interface ReferenceSet permits SplitReference, NamedStatistics {
  /** The name of the training images. */
  String TRAINING = "training";

  /** The training images of a dataset: what a generator learned to draw. */
  static ReferenceSet training(ImageDataset dataset) {
    return new SplitReference(dataset, Split.TRAIN);
  }

  /** The validation images of a dataset, which the generator never saw. */
  static ReferenceSet validation(ImageDataset dataset) {
    return new SplitReference(dataset, Split.VALIDATION);
  }

  /**
   * Published statistics of some extractor's features.
   *
   * @param file {@code .npz} with {@code mu} {@code [d]} and {@code sigma} {@code [d, d]}, and
   *     {@code mu_s} and {@code sigma_s} of the layout where there are any
   */
  static ReferenceSet named(Path file) {
    return new NamedStatistics(file);
  }

  /**
   * Whether a file holds statistics that {@link #named} reads. They come before images that it may
   * hold as well, as in the ADM suite.
   */
  static boolean areNamed(Path file) throws IOException {
    return NamedStatistics.areIn(file);
  }

  /**
   * What a user names.
   *
   * @param name {@code training}, {@code validation}, or a file of statistics
   */
  static ReferenceSet of(String name, ImageDataset dataset) {
    return switch (name) {
      case TRAINING -> training(dataset);
      case "validation" -> validation(dataset);
      default -> named(Path.of(name));
    };
  }

  /**
   * Looks whether it can say anything at all, before nets take their time.
   *
   * @throws UsageException if there are too few images, or the file is missing, damaged, or holds
   *     what is no number
   */
  void check() throws IOException;

  /**
   * Looks whether it can say anything to an extractor, before much time is spent.
   *
   * @throws UsageException if it cannot: see {@link #features}
   */
  void check(FeatureExtractor extractor) throws IOException;

  /** What it is, as parts of a protocol. */
  Map<String, String> protocol() throws IOException;

  /** How many images each class has, by label; empty where images or their classes are unknown. */
  Optional<int[]> classCounts();

  /**
   * What it says to an extractor.
   *
   * @param cache a folder where what took long is kept, under names that hold the hashes of the
   *     dataset and of the extractor, and what computes
   * @throws UsageException if there are too few images, or the file is missing, damaged or of
   *     another extractor
   */
  ReferenceFeatures features(FeatureExtractor extractor, Path cache, Progress progress)
      throws IOException;
}
