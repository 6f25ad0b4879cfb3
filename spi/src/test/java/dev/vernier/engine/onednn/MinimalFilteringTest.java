package dev.vernier.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MinimalFilteringTest {
  private static final int OUTPUTS = MinimalFiltering.OUTPUTS;
  private static final int WEIGHTS = MinimalFiltering.WEIGHTS;
  private static final int PRODUCTS = MinimalFiltering.PRODUCTS;
  private static final double ROUNDING = 1e-5;

  private final Random random = new Random(1);

  /** A vector whose elements are arrays of one number. */
  private float[][] vector(int length) {
    float[][] vector = new float[length][1];
    for (float[] each : vector) {
      each[0] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[][] product(ArrayMatrix matrix, float[][] vector, int rows) {
    float[][] product = new float[rows][1];
    matrix.multiply(vector, 0, 1, product, 0, 1, 1);
    return product;
  }

  private static double dot(float[][] a, float[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i][0] * b[i][0];
    }
    return sum;
  }

  @Test
  void productsOfFactors_giveTheFiltersOutputs() {
    float[][] inputs = vector(PRODUCTS);
    float[][] weights = vector(WEIGHTS);
    float[][] products = product(MinimalFiltering.FROM_INPUTS, inputs, PRODUCTS);
    float[][] factors = product(MinimalFiltering.FROM_WEIGHTS, weights, PRODUCTS);
    for (int i = 0; i < PRODUCTS; i++) {
      products[i][0] *= factors[i][0];
    }
    float[][] outputs = product(MinimalFiltering.TO_OUTPUTS, products, OUTPUTS);
    for (int i = 0; i < OUTPUTS; i++) {
      double expected = 0;
      for (int j = 0; j < WEIGHTS; j++) {
        expected += (double) inputs[i + j][0] * weights[j][0];
      }
      assertThat(outputs[i][0]).isCloseTo((float) expected, within((float) ROUNDING));
    }
  }

  /** As gradients are: what lies between two vectors is the same from either side. */
  @Test
  void gradients_goBackByTheTransposedMatrices() {
    float[][] products = vector(PRODUCTS);
    float[][] outputs = vector(OUTPUTS);
    float[][] weights = vector(WEIGHTS);
    assertThat(dot(outputs, product(MinimalFiltering.TO_OUTPUTS, products, OUTPUTS)))
        .isCloseTo(
            dot(products, product(MinimalFiltering.FROM_OUTPUTS, outputs, PRODUCTS)),
            within(ROUNDING));
    assertThat(dot(products, product(MinimalFiltering.FROM_WEIGHTS, weights, PRODUCTS)))
        .isCloseTo(
            dot(weights, product(MinimalFiltering.TO_WEIGHTS, products, WEIGHTS)),
            within(ROUNDING));
  }
}
