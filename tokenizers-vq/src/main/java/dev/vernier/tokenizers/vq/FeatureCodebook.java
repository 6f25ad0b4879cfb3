package dev.vernier.tokenizers.vq;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.RandomStream;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A codebook of cluster centres: patch features of the training images are clustered class by
 * class, each with an even share of the centres, and all centres make the codebook (VQGAN-LC, Zhu
 * et al. 2024). Fewer centres than classes, or a dataset without classes, make one cluster problem
 * of all images.
 */
final class FeatureCodebook {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureCodebook.class);

  private final PatchFeatures features;
  private final int size;
  private final long seed;

  private FeatureCodebook(PatchFeatures features, int size, long seed) {
    this.features = features;
    this.size = size;
    this.seed = seed;
  }

  /**
   * The codebook of a dataset and model, from the cache where it is there and whole.
   *
   * @param size number of centres, K
   * @return {@code [K, spatialDimension]}
   * @throws UsageException if there are no training images, or the codebook is too large for Java
   */
  static float[] of(ImageDataset dataset, FeatureExtractor model, int size, long seed, Path cache)
      throws IOException {
    if (dataset.size(Split.TRAIN) == 0) {
      throw new UsageException(
          dataset.spec().name()
              + " has no training images to take codebook features from: add images below train/,"
              + " or set codebook to random-frozen");
    }
    int largest = Integer.MAX_VALUE / model.spec().spatialDimension();
    if (size > largest) {
      throw new UsageException(
          "a codebook of "
              + size
              + " entries of "
              + model.spec().spatialDimension()
              + " numbers, as "
              + model.spec().name()
              + " gives, is too large: lower codebook-size to at most "
              + largest);
    }
    CodebookFile file =
        new CodebookFile(
            cache.resolve("codebooks"), dataset.spec().hash(), model.spec(), size, seed);
    Optional<float[]> kept = file.read();
    if (kept.isPresent()) {
      return kept.get();
    }
    long began = System.nanoTime();
    float[] codebook =
        new FeatureCodebook(new PatchFeatures(dataset, model), size, seed).clustered();
    LOG.info(
        "{} cluster centres of {} features in {} s",
        size,
        model.spec().name(),
        (System.nanoTime() - began) / 1_000_000_000L);
    file.write(codebook);
    return codebook;
  }

  private float[] clustered() {
    List<int[]> groups = features.groups();
    if (size < groups.size()) {
      groups = List.of(groups.stream().flatMapToInt(Arrays::stream).toArray());
    }
    int dimension = features.model().spec().spatialDimension();
    float[] codebook = new float[size * dimension];
    int from = 0;
    for (int g = 0; g < groups.size(); g++) {
      int share = size / groups.size() + (g < size % groups.size() ? 1 : 0);
      long stream = RandomStream.of(seed, g).nextLong();
      int most = Math.min(MiniBatchKMeans.usefulPoints(share), Integer.MAX_VALUE / dimension);
      float[] patches = features.of(groups.get(g), most, stream);
      float[] centres = MiniBatchKMeans.centres(patches, dimension, share, stream);
      System.arraycopy(centres, 0, codebook, from * dimension, centres.length);
      from += share;
    }
    return codebook;
  }
}
