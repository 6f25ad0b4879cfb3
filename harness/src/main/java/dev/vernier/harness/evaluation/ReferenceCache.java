package dev.vernier.harness.evaluation;

import static dev.vernier.harness.evaluation.NamedStatistics.COVARIANCE;
import static dev.vernier.harness.evaluation.NamedStatistics.MEAN;
import static dev.vernier.harness.evaluation.NamedStatistics.OF_LAYOUT;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The features of a reference in files: {@code mu}, {@code sigma}, their like of the layout with
 * {@code _s} behind, and {@code pooled}, each a {@code .npy}. The last one that is written tells
 * that all are there.
 *
 * @param folder holds nothing else
 */
record ReferenceCache(Path folder) {
  private static final String POOLED = "pooled";

  /** What was written; empty where nothing was, or not all of it. */
  Optional<ReferenceFeatures> read() throws IOException {
    if (!Files.exists(file(POOLED))) {
      return Optional.empty();
    }
    NumpyArray pooled = NumpyArray.read(file(POOLED));
    Optional<FeatureStatistics> layout =
        Files.exists(file(COVARIANCE + OF_LAYOUT))
            ? Optional.of(statistics(OF_LAYOUT))
            : Optional.empty();
    return Optional.of(
        new ReferenceFeatures(
            statistics(""),
            layout,
            Optional.of(new FeatureMatrix(pooled.floats(), pooled.shape()[0], pooled.shape()[1]))));
  }

  /** Keeps features, those of all images among them. */
  void write(ReferenceFeatures features) throws IOException {
    write("", features.statistics());
    if (features.layout().isPresent()) {
      write(OF_LAYOUT, features.layout().get());
    }
    FeatureMatrix pooled = features.pooled().orElseThrow();
    NumpyArray.write(file(POOLED), pooled.values(), pooled.rows(), pooled.columns());
  }

  private FeatureStatistics statistics(String suffix) throws IOException {
    return new FeatureStatistics(
        NumpyArray.read(file(MEAN + suffix)).doubles(),
        NumpyArray.read(file(COVARIANCE + suffix)).doubles(),
        (int) NumpyArray.read(file("samples" + suffix)).doubles()[0]);
  }

  private void write(String suffix, FeatureStatistics statistics) throws IOException {
    int d = statistics.mean().length;
    write(MEAN + suffix, NumpyArray.of(statistics.mean(), d));
    write("samples" + suffix, NumpyArray.of(new double[] {statistics.samples()}, 1));
    write(COVARIANCE + suffix, NumpyArray.of(statistics.covariance(), d, d));
  }

  private void write(String name, NumpyArray array) throws IOException {
    ResultFiles.writeWhole(file(name), array.file());
  }

  private Path file(String name) {
    return folder.resolve(name + ".npy");
  }
}
