package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images of a split. Statistics are of all of them; features one by one of at most as many as
 * published numbers rest on, taken evenly over the split, since folders are sorted by class.
 *
 * @param most how many features are kept one by one
 */
record SplitReference(ImageDataset dataset, Split split, int most) implements ReferenceSet {
  private static final int MOST = 50_000;
  private static final int SMALLEST = 2;

  /** In which order layout features stand, which what is kept must share. */
  private static final String LAYOUT = "layout by place";

  /** Images whose statistics are computed at once; the memory that a split of any size takes. */
  private static final int CHUNK = 4096;

  SplitReference(ImageDataset dataset, Split split) {
    this(dataset, split, MOST);
  }

  @Override
  public Map<String, String> protocol() {
    return Map.of(
        "reference",
        "all " + dataset.size(split) + " " + name() + " images; " + kept() + " one by one",
        "dataset",
        dataset.spec().hash(),
        "image size",
        dataset.spec().imageSize().text());
  }

  private String name() {
    return split == Split.TRAIN ? "training" : split.name().toLowerCase(Locale.ROOT);
  }

  /** How many features are kept one by one. */
  int kept() {
    return Math.min(most, dataset.size(split));
  }

  /** One of the images whose features are kept. */
  LabelledImage image(int index) {
    return dataset.image(split, place(index));
  }

  private int place(int index) {
    return (int) ((long) index * dataset.size(split) / kept());
  }

  @Override
  public void check(FeatureExtractor extractor) {
    check();
  }

  @Override
  public void check() {
    if (dataset.size(split) < SMALLEST) {
      throw new UsageException(
          dataset.spec().name()
              + " has "
              + dataset.size(split)
              + " "
              + name()
              + " images, statistics need at least "
              + SMALLEST
              + ": add more images");
    }
  }

  @Override
  public Optional<int[]> classCounts() {
    int[] counts = new int[dataset.spec().classes().size()];
    for (int i = 0; i < dataset.size(split); i++) {
      int label = dataset.label(split, i);
      if (label < 0 || label >= counts.length) {
        return Optional.empty();
      }
      counts[label]++;
    }
    return Optional.of(counts);
  }

  @Override
  public ReferenceFeatures features(FeatureExtractor extractor, Path cache, Progress progress)
      throws IOException {
    check();
    ReferenceCache kept = new ReferenceCache(cache.resolve("reference-" + key(extractor)));
    Optional<ReferenceFeatures> earlier = kept.read();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    ReferenceFeatures features = extract(extractor, progress);
    kept.write(features);
    return features;
  }

  private String key(FeatureExtractor extractor) {
    return new ContentHash()
        .add(dataset.spec().hash())
        .add(split.name())
        .add(String.valueOf(kept()))
        .add(LAYOUT)
        .add(extractor.spec().name())
        .add(extractor.spec().hash())
        .add(Backend.description())
        .hexadecimal();
  }

  private ReferenceFeatures extract(FeatureExtractor extractor, Progress progress) {
    int size = dataset.size(split);
    int chunks = (size + CHUNK - 1) / CHUNK;
    int dimension = extractor.spec().dimension();
    float[] pooled = new float[Math.multiplyExact(kept(), dimension)];
    FeatureStatistics all = null;
    Optional<FeatureStatistics> layout = Optional.empty();
    int row = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      int first = boundary(chunk, chunks);
      FeatureTable table = table(extractor, first, boundary(chunk + 1, chunks), progress);
      FeatureStatistics some = FeatureStatistics.of(table.pooled());
      Optional<FeatureStatistics> places = table.layout();
      Optional<FeatureStatistics> before = layout;
      layout = places.map(each -> before.map(earlier -> earlier.and(each)).orElse(each));
      all = all == null ? some : all.and(some);
      for (; row < kept() && place(row) < first + table.rows(); row++) {
        int at = (place(row) - first) * dimension;
        System.arraycopy(table.pooled().values(), at, pooled, row * dimension, dimension);
      }
    }
    return new ReferenceFeatures(
        all, layout, Optional.of(new FeatureMatrix(pooled, kept(), dimension)));
  }

  /** Chunks of about equal size, so that none has a single image. */
  private int boundary(int chunk, int chunks) {
    return (int) ((long) chunk * dataset.size(split) / chunks);
  }

  private FeatureTable table(FeatureExtractor extractor, int first, int end, Progress progress) {
    FeatureTable table = FeatureTable.ofReference(extractor, end - first);
    for (int from = first; from < end; from += FeatureTable.BATCH) {
      table.add(
          IntStream.range(from, Math.min(end, from + FeatureTable.BATCH))
              .mapToObj(i -> dataset.image(split, i))
              .toList());
      progress.update(
          "features of the " + name() + " images", first + table.rows(), dataset.size(split), "");
    }
    return table;
  }
}
