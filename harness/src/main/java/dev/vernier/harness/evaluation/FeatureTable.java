package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooled features, logits and layout of images, gathered batch by batch. */
public final class FeatureTable {
  /** Images a batch; the numbers do not depend on it. */
  static final int BATCH = 64;

  private final FeatureExtractor extractor;
  private final int dimension;
  private final int classes;
  private final float[] pooled;
  private final float[] logits;
  private final int capacity;
  private float[] layout;
  private int rows;

  /** An empty table with room for so many images. */
  public FeatureTable(FeatureExtractor extractor, int capacity) {
    this.extractor = extractor;
    this.dimension = extractor.spec().dimension();
    this.classes = extractor.spec().classes();
    this.capacity = capacity;
    this.pooled = new float[Math.multiplyExact(capacity, dimension)];
    this.logits = new float[Math.multiplyExact(capacity, classes)];
  }

  /** Adds images. */
  public void add(List<LabelledImage> images) {
    try (INDArray array = Pixels.toArray(images);
        Features features = extractor.extract(array)) {
      copy(features.pooled(), pooled, rows * dimension);
      features.logits().ifPresent(scores -> copy(scores, logits, rows * classes));
      features.layout().ifPresent(this::addLayout);
    }
    rows += images.size();
  }

  private void addLayout(INDArray values) {
    int each = (int) values.size(1);
    if (layout == null) {
      layout = new float[Math.multiplyExact(capacity, each)];
    }
    copy(values, layout, rows * each);
  }

  private static void copy(INDArray source, float[] target, int at) {
    try (INDArray rows = source.dup('c')) {
      float[] values = rows.data().asFloat();
      System.arraycopy(values, 0, target, at, values.length);
    }
  }

  /** How many images there are. */
  public int rows() {
    return rows;
  }

  /** The pooled features. */
  public FeatureMatrix pooled() {
    return new FeatureMatrix(pooled, rows, dimension);
  }

  /** The logits; empty where the extractor is no classifier. */
  public Optional<FeatureMatrix> logits() {
    return classes == 0 ? Optional.empty() : Optional.of(new FeatureMatrix(logits, rows, classes));
  }

  /** The layout features, one row an image; empty where the extractor has none. */
  public Optional<FeatureMatrix> layout() {
    return Optional.ofNullable(layout)
        .map(values -> new FeatureMatrix(values, rows, values.length / capacity));
  }
}
