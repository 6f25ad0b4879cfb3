package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.records.ClassScores;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassMetricsTest {
  private static final List<String> NAMES = List.of("cat", "dog", "owl");

  /** Two features an image: a class has a distance from three images on. */
  private static FeatureMatrix features(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[2 * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new FeatureMatrix(values, rows, 2);
  }

  @Test
  void averagesScores_andComparesTheImagesOfEachClassAlone() {
    FeatureMatrix real = features(6, 1);
    FeatureMatrix other = features(6, 2);
    ClassScores scores =
        ClassMetrics.of(
                NAMES,
                List.of(2, 0, 2, 0, 2, 2),
                Map.of("psnr", new double[] {20, 30, 21, 31, 22, 25}),
                real,
                other)
            .orElseThrow();
    assertThat(scores.fewest()).isEqualTo(3);
    assertThat(scores.classes())
        .extracting(ClassScores.OfClass::name, ClassScores.OfClass::images)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cat", 2L),
            org.assertj.core.groups.Tuple.tuple("owl", 4L));
    assertThat(scores.classes().get(0).metrics()).containsOnlyKeys("psnr").containsValue(30.5);
    Map<String, Double> owls = scores.classes().get(1).metrics();
    assertThat(owls.get("psnr")).isEqualTo(22);
    assertThat(owls.get("rfid"))
        .isCloseTo(
            FrechetDistance.between(
                FeatureStatistics.of(owlsOf(real)), FeatureStatistics.of(owlsOf(other))),
            within(1e-12));
  }

  private static FeatureMatrix owlsOf(FeatureMatrix all) {
    float[] v = all.values();
    return new FeatureMatrix(new float[] {v[0], v[1], v[4], v[5], v[8], v[9], v[10], v[11]}, 4, 2);
  }

  @Test
  void isEmpty_whereImagesHaveNoClass() {
    FeatureMatrix features = features(2, 1);
    Map<String, double[]> scores = Map.of("psnr", new double[] {1, 2});
    assertThat(ClassMetrics.of(NAMES, List.of(0, -1), scores, features, features)).isEmpty();
    assertThat(ClassMetrics.of(List.of(), List.of(0, 0), scores, features, features)).isEmpty();
  }
}
