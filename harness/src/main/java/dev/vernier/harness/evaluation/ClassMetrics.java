package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.records.ClassScores;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ResultFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Metrics of the images of each class. A Frechet distance needs more images than features have
 * dimensions, or the covariances of a class are singular and the distance is mostly its bias; a
 * class of fewer has none.
 */
final class ClassMetrics {
  private ClassMetrics() {}

  /**
   * The scores of all classes that have images; empty where the images have no classes.
   *
   * @param names of the classes by label
   * @param labels of the images
   * @param scores of the images, in the order of the labels, by the keys of metrics
   * @param real features of the images
   * @param other features of what became of them
   */
  static Optional<ClassScores> of(
      List<String> names,
      List<Integer> labels,
      Map<String, double[]> scores,
      FeatureMatrix real,
      FeatureMatrix other) {
    if (names.isEmpty() || labels.stream().anyMatch(label -> label < 0 || label >= names.size())) {
      return Optional.empty();
    }
    int fewest = real.columns() + 1;
    List<ClassScores.OfClass> classes = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      int of = label;
      int[] images = IntStream.range(0, labels.size()).filter(i -> labels.get(i) == of).toArray();
      if (images.length > 0) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        scores.forEach(
            (key, values) ->
                metrics.put(
                    key, IntStream.of(images).mapToDouble(i -> values[i]).average().orElseThrow()));
        if (images.length >= fewest) {
          metrics.put(MetricKind.RFID.key(), frechet(images, real, other));
        }
        classes.add(new ClassScores.OfClass(names.get(label), images.length, metrics));
      }
    }
    return Optional.of(new ClassScores(ResultFiles.SCHEMA_VERSION, fewest, classes));
  }

  private static double frechet(int[] images, FeatureMatrix real, FeatureMatrix other) {
    int[] counts = new int[real.rows()];
    for (int image : images) {
      counts[image] = 1;
    }
    return FrechetDistance.between(
        FeatureStatistics.of(real, counts), FeatureStatistics.of(other, counts));
  }
}
