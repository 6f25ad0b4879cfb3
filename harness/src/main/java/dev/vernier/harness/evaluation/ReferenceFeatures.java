package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.NumpyFile;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a reference says to one extractor.
 *
 * @param statistics of the pooled features
 * @param layout statistics of the layout features; empty where there are none
 * @param pooled features of images one by one; empty where only statistics are known
 */
public record ReferenceFeatures(
    FeatureStatistics statistics,
    Optional<FeatureStatistics> layout,
    Optional<FeatureMatrix> pooled) {
  /** Those of a set of images. */
  public static ReferenceFeatures of(FeatureTable images) {
    return new ReferenceFeatures(
        FeatureStatistics.of(images.pooled()), images.layout(), Optional.of(images.pooled()));
  }

  /** Whether a file holds what {@link #write} writes, and nothing else. */
  public static boolean areIn(Path file) throws IOException {
    try {
      return NamedStatistics.areIn(file)
          && NumpyFile.of(file).members().stream()
              .map(NumpyFile.Member::name)
              .allMatch(NamedStatistics.NAMES::contains);
    } catch (UsageException e) {
      // It holds no arrays at all.
      return false;
    }
  }

  /**
   * Writes the statistics as pytorch-fid and the ADM suite have them: {@code mu} {@code [d]} and
   * {@code sigma} {@code [d, d]}, and {@code mu_s} and {@code sigma_s} where there is a layout;
   * {@link ReferenceSet#named} reads them.
   *
   * @param file a {@code .npz} file, whose folder is made where there is none
   */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    put(arrays, statistics, "");
    layout.ifPresent(each -> put(arrays, each, NamedStatistics.OF_LAYOUT));
    NumpyArray.writeAll(file, arrays);
  }

  private static void put(
      Map<String, NumpyArray> arrays, FeatureStatistics statistics, String suffix) {
    int d = statistics.mean().length;
    arrays.put(NamedStatistics.MEAN + suffix, NumpyArray.of(statistics.mean(), d));
    arrays.put(NamedStatistics.COVARIANCE + suffix, NumpyArray.of(statistics.covariance(), d, d));
  }
}
