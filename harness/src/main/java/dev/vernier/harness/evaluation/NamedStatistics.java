package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.NumpyFile;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Statistics that a file holds, as the ADM suite and others publish them. */
record NamedStatistics(Path file) implements ReferenceSet {
  /** How far two covariances that should be equal may lie apart, of the deviations' product. */
  private static final double ROUNDING = 1e-3;

  static final String MEAN = "mu";
  static final String COVARIANCE = "sigma";
  static final String OF_LAYOUT = "_s";
  static final Set<String> NAMES =
      Set.of(MEAN, COVARIANCE, MEAN + OF_LAYOUT, COVARIANCE + OF_LAYOUT);

  /** Whether a file holds mean and covariance. */
  static boolean areIn(Path file) throws IOException {
    return Files.isRegularFile(file)
        && NumpyFile.of(file).members().stream()
            .map(NumpyFile.Member::name)
            .toList()
            .containsAll(List.of(MEAN, COVARIANCE));
  }

  @Override
  public Map<String, String> protocol() throws IOException {
    ContentHash hash = new ContentHash();
    arrays().forEach((name, array) -> hash.add(name).add(array.data()));
    return Map.of("reference", "statistics " + hash.hexadecimal());
  }

  @Override
  public void check() throws IOException {
    read();
  }

  @Override
  public void check(FeatureExtractor extractor) throws IOException {
    features(extractor);
  }

  @Override
  public Optional<int[]> classCounts() {
    return Optional.empty();
  }

  @Override
  public ReferenceFeatures features(FeatureExtractor extractor, Path cache, Progress progress)
      throws IOException {
    return features(extractor);
  }

  private ReferenceFeatures features(FeatureExtractor extractor) throws IOException {
    ReferenceFeatures read = read();
    int dimension = read.statistics().mean().length;
    if (dimension != extractor.spec().dimension()) {
      throw new UsageException(
          file
              + " has statistics of "
              + dimension
              + " dimensions, "
              + extractor.spec().name()
              + " features have "
              + extractor.spec().dimension()
              + ": choose the features that the file was made with");
    }
    return read;
  }

  private ReferenceFeatures read() throws IOException {
    Map<String, NumpyArray> arrays = arrays();
    arrays.forEach(this::requireFinite);
    FeatureStatistics pooled =
        statistics(arrays, "")
            .orElseThrow(
                () ->
                    new UsageException(
                        file + " has no mu [d] and sigma [d, d]: name an .npz file of statistics"));
    return new ReferenceFeatures(pooled, statistics(arrays, OF_LAYOUT), Optional.empty());
  }

  /** A triangle or a wrong sign would give a distance like any other. */
  private void requireCovariance(String name, double[] sigma, int d) {
    for (int i = 0; i < d; i++) {
      if (sigma[i * d + i] < 0) {
        throw noCovariance(name, "a variance below 0");
      }
      for (int j = 0; j < i; j++) {
        double scale = Math.sqrt(sigma[i * d + i] * Math.max(0, sigma[j * d + j]));
        if (Math.abs(sigma[i * d + j] - sigma[j * d + i]) > ROUNDING * scale) {
          throw noCovariance(name, "covariances that are not symmetric");
        }
      }
    }
  }

  private UsageException noCovariance(String name, String what) {
    return new UsageException(
        "%s holds %s in %s: compute the statistics again".formatted(file, what, name));
  }

  private void requireFinite(String name, NumpyArray array) {
    for (double each : array.doubles()) {
      if (!Double.isFinite(each)) {
        throw new UsageException(
            "%s holds %s in %s: compute the statistics again, from finite features"
                .formatted(file, each, name));
      }
    }
  }

  /** The images that such a file may hold as well are left alone. */
  private Map<String, NumpyArray> arrays() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "there is no " + file + ": name training, validation, or an .npz file of statistics");
    }
    return NumpyArray.readAll(file, NAMES::contains);
  }

  private Optional<FeatureStatistics> statistics(Map<String, NumpyArray> arrays, String suffix) {
    NumpyArray mean = arrays.get(MEAN + suffix);
    NumpyArray covariance = arrays.get(COVARIANCE + suffix);
    if (mean == null
        || covariance == null
        || mean.shape().length != 1
        || covariance.length() != mean.length() * mean.length()) {
      return Optional.empty();
    }
    double[] sigma = covariance.doubles();
    requireCovariance(COVARIANCE + suffix, sigma, mean.length());
    // Of how many images, the file does not say; of more than those that are measured, in general.
    return Optional.of(new FeatureStatistics(mean.doubles(), sigma, Integer.MAX_VALUE));
  }
}
