package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The training images whose statistics generated images are compared with: all, or of many as many
 * as published numbers rest on, taken evenly over the split. Unlike {@link ReferenceImages} they
 * are paired with nothing.
 */
final class TrainingReference {
  /** The size of the sets that published statistics of ImageNet are compared by. */
  private static final int MOST = 50_000;

  private final ImageDataset dataset;
  private final int count;
  private FeatureTable features;

  TrainingReference(ImageDataset dataset) {
    this.dataset = dataset;
    this.count = Math.min(MOST, dataset.size(Split.TRAIN));
  }

  int count() {
    return count;
  }

  LabelledImage image(int index) {
    long available = dataset.size(Split.TRAIN);
    return dataset.image(Split.TRAIN, (int) (index * available / count));
  }

  /** The features of all of them, computed once. */
  FeatureTable features(FeatureExtractor extractor, Progress progress) {
    if (features == null) {
      FeatureTable table = new FeatureTable(extractor, count);
      for (int first = 0; first < count; first += FeatureTable.BATCH) {
        int last = Math.min(count, first + FeatureTable.BATCH);
        List<LabelledImage> images = IntStream.range(first, last).mapToObj(this::image).toList();
        table.add(images);
        progress.update("features of the training images", table.rows(), count, "");
      }
      features = table;
    }
    return features;
  }
}
