package dev.vernier.harness.evaluation;

import dev.vernier.records.MetricKind;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One computation on the features of images and of a reference.
 *
 * @param kinds the metrics it gives, all of one need and one protocol
 * @param parts of the protocol, but for the features
 * @param fewest how many images there must be; of the reference as many, where it is compared image
 *     by image
 * @param values the metrics in the order of the kinds
 */
record FeatureMetric(
    List<MetricKind> kinds,
    Map<String, String> parts,
    int fewest,
    BiFunction<ReferenceFeatures, FeatureTable, List<Value>> values) {
  /**
   * A value.
   *
   * @param samples images it is a mean over
   * @param replicates the same of resampled images; none where nothing was resampled
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Value(double value, long samples, double[] replicates) {
    /** One that is not resampled. */
    Value(double value, long samples) {
      this(value, samples, new double[0]);
    }
  }

  MetricKind.Need need() {
    return kinds.get(0).need();
  }

  String labels() {
    return kinds.stream().map(MetricKind::label).collect(Collectors.joining(", "));
  }
}
