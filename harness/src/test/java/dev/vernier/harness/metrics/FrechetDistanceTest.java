package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrechetDistanceTest {
  /** Values by the nuclear norm of the centred features, which has no noise eigenvalues. */
  @ParameterizedTest
  @CsvSource({
    "fid_basic, 3.4056945624537462, 1e-9",
    "fid_identical, 0, 1e-7",
    "fid_rank_deficient, 19.63642716551516, 1e-5"
  })
  void between_goldenFeatures_equalsTheExactValue(String name, double value, double tolerance) {
    FeatureStatistics a = FeatureStatistics.of(Golden.features(name + "/features_1"));
    FeatureStatistics b = FeatureStatistics.of(Golden.features(name + "/features_2"));
    assertThat(FrechetDistance.between(a, b)).isCloseTo(value, within(tolerance));
    assertThat(FrechetDistance.between(b, a)).isCloseTo(value, within(tolerance));
  }

  @Test
  void between_diagonalCovariances_equalsTheClosedForm() {
    FeatureStatistics a = statistics(new double[] {0, 1, 2}, new double[] {1, 4, 0});
    FeatureStatistics b = statistics(new double[] {3, 1, 0}, new double[] {9, 1, 4});
    // |mean difference|^2 + (1 - 3)^2 + (2 - 1)^2 + (0 - 2)^2
    assertThat(FrechetDistance.between(a, b)).isCloseTo(9 + 4 + 4 + 1 + 4, within(1e-12));
  }

  private static FeatureStatistics statistics(double[] mean, double[] variances) {
    int d = mean.length;
    double[] covariance = new double[d * d];
    for (int i = 0; i < d; i++) {
      covariance[i * d + i] = variances[i];
    }
    return new FeatureStatistics(mean, covariance, 10);
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "2, 20", "33, 90", "65, 200", "130, 150", "130, 40"})
  void between_noise_equalsTheSymmetricRootByCommonsMath(int dimension, int samples) {
    FeatureStatistics a = FeatureStatistics.of(Noise.features(samples, dimension, 2, 1));
    FeatureStatistics b = FeatureStatistics.of(Noise.features(samples + 9, dimension, 3, 2));
    double expected = slow(a, b);
    assertThat(FrechetDistance.between(a, b)).isCloseTo(expected, within(1e-5 * expected));
    if (samples > dimension) {
      assertThat(FrechetDistance.between(a, b)).isCloseTo(expected, within(1e-10 * expected));
    }
  }

  /** The root of the first covariance by its eigenvectors, then the eigenvalues in the middle. */
  private static double slow(FeatureStatistics a, FeatureStatistics b) {
    int d = a.mean().length;
    EigenDecomposition eigen = new EigenDecomposition(matrix(a.covariance(), d));
    RealMatrix roots = eigen.getD();
    double value = 0;
    for (int i = 0; i < d; i++) {
      roots.setEntry(i, i, Math.sqrt(Math.max(0, roots.getEntry(i, i))));
      value += Math.pow(a.mean()[i] - b.mean()[i], 2);
      value += a.covariance()[i * d + i] + b.covariance()[i * d + i];
    }
    RealMatrix root = eigen.getV().multiply(roots).multiply(eigen.getVT());
    RealMatrix middle = root.multiply(matrix(b.covariance(), d)).multiply(root);
    RealMatrix symmetric = middle.add(middle.transpose()).scalarMultiply(0.5);
    double[] values = new EigenDecomposition(symmetric).getRealEigenvalues();
    return value - 2 * Arrays.stream(values).map(each -> Math.sqrt(Math.max(0, each))).sum();
  }

  private static RealMatrix matrix(double[] values, int d) {
    double[][] rows = new double[d][];
    for (int i = 0; i < d; i++) {
      rows[i] = Arrays.copyOfRange(values, i * d, (i + 1) * d);
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  @Test
  void between_anyNumberOfThreads_givesTheSameBits() {
    FeatureStatistics a = FeatureStatistics.of(Noise.features(900, 800, 2, 1));
    FeatureStatistics b = FeatureStatistics.of(Noise.features(950, 800, 3, 2));
    double expected = Threads.with(1, () -> FrechetDistance.between(a, b));
    IntStream.of(2, 3, 8)
        .forEach(
            threads ->
                assertThat(Threads.with(threads, () -> FrechetDistance.between(a, b)))
                    .isEqualTo(expected));
  }

  @Test
  void between_differentDimensions_isRefused() {
    FeatureStatistics a = statistics(new double[2], new double[] {1, 1});
    FeatureStatistics b = statistics(new double[3], new double[] {1, 1, 1});
    assertThatThrownBy(() -> FrechetDistance.between(a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and of 3 dimensions");
  }

  @Test
  void between_featuresThatAreNotFinite_isRefused() {
    FeatureStatistics a = statistics(new double[] {Double.NaN, 0}, new double[] {1, 1});
    FeatureStatistics b = statistics(new double[2], new double[] {1, 1});
    assertThatThrownBy(() -> FrechetDistance.between(a, b))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("not finite");
  }
}
