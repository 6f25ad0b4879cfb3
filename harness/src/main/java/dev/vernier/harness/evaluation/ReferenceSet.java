package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What generated images are compared with. */
public sealed interface ReferenceSet permits SplitReference, NamedStatistics {
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

  /** What it is, as parts of a protocol. */
  Map<String, String> protocol() throws IOException;

  /**
   * What it says to an extractor.
   *
   * @param cache a folder where what took long is kept, under names that hold the hashes of the
   *     dataset and of the extractor
   * @throws UsageException if there are too few images, or the file is missing, damaged or of
   *     another extractor
   */
  ReferenceFeatures features(FeatureExtractor extractor, Path cache, Progress progress)
      throws IOException;
}
