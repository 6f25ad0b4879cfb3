package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.util.MathArrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProjectionFitTest {
  private static final int ENTRIES = 500;
  private static final int FEATURES = 20;
  private static final int DIMENSION = 3;

  private final VqLcSettings settings =
      Settings.of(
              Setting.of(VqLcSettings.class),
              Map.of(
                  "codebook-size",
                  String.valueOf(ENTRIES),
                  "code-dimension",
                  String.valueOf(DIMENSION)))
          .bind(VqLcSettings.class);

  /** Correlated and far from 0, as features are. */
  private static void features(float[] values, Random random) {
    for (int row = 0; row < values.length; row += FEATURES) {
      double common = random.nextGaussian();
      for (int i = 0; i < FEATURES; i++) {
        values[row + i] = (float) (5 + 3 * common + 0.5 * random.nextGaussian());
      }
    }
  }

  private static float[] encodings() {
    Random random = new Random(2);
    float[] rows = new float[400 * DIMENSION];
    for (int row = 0; row < rows.length; row += DIMENSION) {
      double x = random.nextGaussian();
      rows[row] = (float) (0.1 * x);
      rows[row + 1] = (float) (0.2 + 0.05 * x + 0.02 * random.nextGaussian());
      rows[row + 2] = (float) (-0.4 + 0.01 * random.nextGaussian());
    }
    return rows;
  }

  private Parameters parameters(ProjectedQuantizer quantizer) {
    Graph graph = new Graph();
    quantizer.entries(graph, graph.integers("indices", 1));
    return Parameters.initialize(graph, 1);
  }

  private ProjectedQuantizer quantizer() {
    Random random = new Random(1);
    return new ProjectedQuantizer(settings, FEATURES, (values, unused) -> features(values, random));
  }

  private static float[] projected(ProjectedQuantizer quantizer, Parameters parameters) {
    try (INDArray entries = quantizer.projected(parameters)) {
      return Floats.all(entries);
    }
  }

  private static double[][] rows(float[] values) {
    double[][] rows = new double[values.length / DIMENSION][DIMENSION];
    for (int i = 0; i < values.length; i++) {
      rows[i / DIMENSION][i % DIMENSION] = values[i];
    }
    return rows;
  }

  private static double mean(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
  }

  @Test
  void matchedMoments_areMeanAndCovarianceOfTheEncodings() {
    ProjectedQuantizer quantizer = quantizer();
    double[][] wanted = rows(encodings());
    try (Parameters parameters = parameters(quantizer)) {
      new ProjectionFit(quantizer).matchMoments(encodings(), parameters);
      double[][] found = rows(projected(quantizer, parameters));
      RealMatrix covariance = new Covariance(wanted, false).getCovarianceMatrix();
      RealMatrix difference =
          new Covariance(found, false).getCovarianceMatrix().subtract(covariance);
      assertThat(difference.getFrobeniusNorm()).isLessThan(1e-3 * covariance.getFrobeniusNorm());
      for (int i = 0; i < DIMENSION; i++) {
        assertThat(mean(found, i)).isCloseTo(mean(wanted, i), Offset.offset(1e-4));
      }
    }
  }

  private static double distortion(
      ProjectedQuantizer quantizer, Parameters parameters, INDArray z) {
    int[] nearest = quantizer.nearest(z, parameters);
    double[][] entries = rows(projected(quantizer, parameters));
    double[][] points = rows(Floats.all(z));
    double sum = 0;
    for (int n = 0; n < points.length; n++) {
      sum += Math.pow(MathArrays.distance(points[n], entries[nearest[n]]), 2);
    }
    return sum / points.length;
  }

  @Test
  void fit_bringsEntriesNearerThanMomentsAlone() {
    ProjectedQuantizer quantizer = quantizer();
    ProjectionFit fit = new ProjectionFit(quantizer);
    try (Parameters parameters = parameters(quantizer);
        INDArray z = Nd4j.createFromArray(encodings()).reshape(-1, DIMENSION)) {
      fit.matchMoments(encodings(), parameters);
      double matched = distortion(quantizer, parameters, z);
      fit.fit(encodings(), parameters);
      assertThat(distortion(quantizer, parameters, z)).isLessThan(0.7 * matched);
    }
  }

  @Test
  void encodings_findManyEntriesWhereTheyFoundFewBefore() {
    ProjectedQuantizer quantizer = quantizer();
    try (Parameters parameters = parameters(quantizer);
        INDArray z = Nd4j.createFromArray(encodings()).reshape(-1, DIMENSION)) {
      long before = Arrays.stream(quantizer.nearest(z, parameters)).distinct().count();
      new ProjectionFit(quantizer).fit(encodings(), parameters);
      long after = Arrays.stream(quantizer.nearest(z, parameters)).distinct().count();
      assertThat(before).isLessThan(10);
      assertThat(after).isGreaterThan(ENTRIES / 4);
    }
  }

  @Test
  void equalEntries_areMovedToTheMeanOfTheEncodings() {
    ProjectedQuantizer quantizer =
        new ProjectedQuantizer(settings, FEATURES, (values, unused) -> Arrays.fill(values, 0.5f));
    double[][] wanted = rows(encodings());
    try (Parameters parameters = parameters(quantizer)) {
      new ProjectionFit(quantizer).fit(encodings(), parameters);
      double[][] found = rows(projected(quantizer, parameters));
      for (int i = 0; i < DIMENSION; i++) {
        assertThat(found[ENTRIES - 1][i]).isCloseTo(mean(wanted, i), Offset.offset(1e-3));
      }
    }
  }

  @Test
  void encodingsWithoutSpread_leaveFiniteValues() {
    ProjectedQuantizer quantizer = quantizer();
    try (Parameters parameters = parameters(quantizer)) {
      new ProjectionFit(quantizer).fit(new float[10 * DIMENSION], parameters);
      for (float value : projected(quantizer, parameters)) {
        assertThat(Math.abs(value)).isLessThan(1e-3f);
      }
    }
  }
}
