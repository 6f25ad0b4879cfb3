package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.spi.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceFeaturesTest {
  private static final FeatureStatistics POOLED =
      new FeatureStatistics(new double[] {1, 2}, new double[] {3, 0.25, 0.25, 4}, 9);
  private static final FeatureStatistics LAYOUT =
      new FeatureStatistics(new double[] {0.1}, new double[] {0.2}, 9);

  @TempDir Path folder;

  @Test
  void write_leavesTheArraysOfAdm() throws Exception {
    Path file = folder.resolve("statistics.npz");
    new ReferenceFeatures(POOLED, Optional.of(LAYOUT), Optional.empty()).write(file);
    Map<String, NumpyArray> arrays = NumpyArray.readAll(file);
    assertThat(arrays).containsOnlyKeys("mu", "sigma", "mu_s", "sigma_s");
    assertThat(arrays.get("mu").doubles()).containsExactly(1, 2);
    assertThat(arrays.get("sigma").shape()).containsExactly(2, 2);
    assertThat(arrays.get("sigma").doubles()).containsExactly(3, 0.25, 0.25, 4);
    assertThat(arrays.get("sigma_s").doubles()).containsExactly(0.2);
  }

  @Test
  void whatHoldsMore_isNoneOfThese() throws Exception {
    Path file = folder.resolve("made/statistics.npz");
    new ReferenceFeatures(POOLED, Optional.of(LAYOUT), Optional.empty()).write(file);
    assertThat(ReferenceFeatures.areIn(file)).isTrue();
    Map<String, NumpyArray> arrays = NumpyArray.readAll(file);
    arrays.put("arr_0", NumpyArray.of(new byte[] {1}, 1));
    NumpyArray.writeAll(file, arrays);
    assertThat(ReferenceFeatures.areIn(file)).as("ADM's file with its images").isFalse();
    assertThat(ReferenceFeatures.areIn(Files.writeString(file, "mine"))).isFalse();
    assertThat(ReferenceFeatures.areIn(Files.writeString(file, "PK"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 0.5, -4, a variance below 0",
    "1, 0.5, 0, 4, covariances that are not symmetric"
  })
  void whatIsNoCovariance_isRefused(double a, double b, double c, double d, String words)
      throws Exception {
    Path file = folder.resolve("statistics.npz");
    FeatureStatistics wrong = new FeatureStatistics(new double[2], new double[] {a, b, c, d}, 9);
    new ReferenceFeatures(wrong, Optional.empty(), Optional.empty()).write(file);
    assertThatThrownBy(() -> new NamedStatistics(file).check())
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " holds " + words + " in sigma: compute the statistics again");
    new ReferenceFeatures(POOLED, Optional.of(LAYOUT), Optional.empty()).write(file);
    new NamedStatistics(file).check();
  }

  @Test
  void write_ofTheSame_isTheSameFile() throws Exception {
    ReferenceFeatures features = new ReferenceFeatures(POOLED, Optional.empty(), Optional.empty());
    features.write(folder.resolve("a.npz"));
    features.write(folder.resolve("b.npz"));
    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    assertThat(NumpyArray.readAll(folder.resolve("a.npz"))).containsOnlyKeys("mu", "sigma");
  }
}
