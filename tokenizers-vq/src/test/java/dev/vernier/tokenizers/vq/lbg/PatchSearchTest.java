package dev.vernier.tokenizers.vq.lbg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.ImageSize;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchSearchTest {
  /** Patches whose neighbouring values are alike, as they are in pictures. */
  private static float[] smooth(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * dimension];
    for (int n = 0; n < count; n++) {
      double value = random.nextDouble() * 2 - 1;
      for (int i = 0; i < dimension; i++) {
        value += 0.1 * random.nextGaussian();
        rows[n * dimension + i] = (float) value;
      }
    }
    return rows;
  }

  private static int bruteForce(float[] codes, float[] patches, int from, int dimension) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < codes.length / dimension; k++) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = (double) patches[from + i] - codes[k * dimension + i];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        best = k;
      }
    }
    return best;
  }

  private static void assertNearest(float[] codes, float[] patches, int side) {
    int dimension = 3 * side * side;
    PatchSearch.Query query =
        new PatchSearch(codes, new PatchGrid(ImageSize.square(side), side)).query();
    for (int from = 0; from < patches.length; from += dimension) {
      assertThat(query.nearest(patches, from))
          .as("patch %d", from / dimension)
          .isEqualTo(bruteForce(codes, patches, from, dimension));
    }
  }

  @ParameterizedTest(name = "{0} codes of patches of {1}")
  @CsvSource({"1,4", "2,4", "9,4", "1000,4", "3000,4", "77,1", "500,2", "333,3", "200,7", "50,16"})
  void codeFound_isTheNearest(int size, int side) {
    int dimension = 3 * side * side;
    assertNearest(smooth(size, dimension, 1), smooth(200, dimension, 2), side);
  }

  @Test
  void codes_areFoundThemselves_theFirstOfEqualOnes() {
    float[] once = smooth(300, 48, 1);
    float[] twice = new float[2 * once.length];
    System.arraycopy(once, 0, twice, 0, once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    assertNearest(twice, once, 4);
    PatchSearch.Query query = new PatchSearch(twice, new PatchGrid(ImageSize.square(4), 4)).query();
    assertThat(query.nearest(once, 48 * 217)).isEqualTo(217);
    assertThat(query.squaredDistance()).isZero();
  }

  /** So near each other that their distances in floats would mislead. */
  @Test
  void codesThatHardlyDiffer_areToldApart() {
    assertNearest(around(smooth(1, 3, 1), 2000, 6), around(smooth(1, 3, 1), 2000, 7), 1);
  }

  private static float[] around(float[] centre, int count, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * centre.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = centre[i % centre.length] + random.nextInt(40) * Math.ulp(1f);
    }
    return rows;
  }

  @Test
  void valuesOfAnyMagnitude_areSearched() {
    float[] codes = smooth(500, 48, 1);
    float[] patches = smooth(100, 48, 2);
    for (int i = 0; i < patches.length; i++) {
      patches[i] *= 1e6f;
    }
    assertNearest(codes, patches, 4);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = 1e6f + codes[i];
    }
    assertNearest(codes, patches, 4);
  }
}
