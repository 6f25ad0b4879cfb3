package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.UsageException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooled features, logits and classes of images, and the statistics of their layout, batch by
 * batch.
 */
public final class FeatureTable {
  /** Images a batch; the numbers do not depend on it. */
  static final int BATCH = 64;

  /** Floats of an array, as many as any JVM allows. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final FeatureExtractor extractor;
  private final int dimension;
  private int classes;
  private final float[] pooled;
  private final int capacity;
  private float[] logits;
  private final int[] labels;
  private GatheredStatistics layout;
  private int rows;

  /** An empty table with room for so many images. */
  public FeatureTable(FeatureExtractor extractor, int capacity) {
    this(extractor, capacity, extractor.spec().classes());
  }

  private FeatureTable(FeatureExtractor extractor, int capacity, int classes) {
    this.extractor = extractor;
    this.dimension = extractor.spec().dimension();
    this.classes = classes;
    this.capacity = capacity;
    this.pooled = room(capacity, dimension);
    this.logits = room(capacity, classes);
    this.labels = new int[capacity];
  }

  private static float[] room(int images, int columns) {
    if ((long) images * columns > LARGEST) {
      throw new UsageException(
          images
              + " images are too many for features of "
              + columns
              + " values, which are kept together: measure at most "
              + LARGEST / columns);
    }
    return new float[images * columns];
  }

  /** One that others are compared with: no logits are kept, since no metric asks for those. */
  static FeatureTable ofReference(FeatureExtractor extractor, int capacity) {
    return new FeatureTable(extractor, capacity, 0);
  }

  /**
   * Adds images.
   *
   * @throws dev.vernier.spi.UsageException if what the extractor says of one is not finite
   */
  public void add(List<LabelledImage> images) {
    try (INDArray array = Pixels.toArray(images);
        Features features = extractor.extract(array)) {
      copy(finite(features.pooled(), images), pooled, rows * dimension);
      if (classes > 0) {
        features.logits().ifPresent(scores -> copy(finite(scores, images), logits, rows * classes));
      }
      features.layout().ifPresent(values -> addLayout(values, images));
    }
    for (LabelledImage image : images) {
      labels[rows++] = image.label();
    }
  }

  private float[] finite(INDArray values, List<LabelledImage> images) {
    return FiniteFeatures.require(Pixels.toFloats(values), extractor, images);
  }

  private void addLayout(INDArray values, List<LabelledImage> images) {
    if (layout == null) {
      layout = new GatheredStatistics((int) values.size(1), capacity);
    }
    layout.add(finite(values, images));
  }

  private static void copy(float[] values, float[] target, int at) {
    System.arraycopy(values, 0, target, at, values.length);
  }

  /** How many images there are. */
  public int rows() {
    return rows;
  }

  /**
   * The rows class by class, those of a class as they were added, as tools write reconstructions of
   * class folders; empty where an image does not say its class.
   */
  Optional<int[]> classOrder() {
    return IntStream.range(0, rows).anyMatch(row -> labels[row] < 0)
        ? Optional.empty()
        : Optional.of(
            IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingInt(row -> labels[row]))
                .mapToInt(Integer::intValue)
                .toArray());
  }

  /** The pooled features. */
  public FeatureMatrix pooled() {
    return new FeatureMatrix(pooled, rows, dimension);
  }

  /** The logits; empty where the extractor is no classifier. */
  public Optional<FeatureMatrix> logits() {
    return classes == 0 ? Optional.empty() : Optional.of(new FeatureMatrix(logits, rows, classes));
  }

  /**
   * Lets the logits go, which no metric needs but the Inception score, and which of many images
   * take half the memory of their features. The table has none any more.
   */
  void dropLogits() {
    classes = 0;
    logits = new float[0];
  }

  /** The statistics of the layout features; empty where the extractor has none. */
  public Optional<FeatureStatistics> layout() {
    return GatheredStatistics.of(layout);
  }
}
