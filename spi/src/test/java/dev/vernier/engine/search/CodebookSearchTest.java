package dev.vernier.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("numerics")
class CodebookSearchTest {
  @ParameterizedTest(name = "N {0}, K {1}, d {2}")
  @CsvSource({
    "1,1,1",
    "7,13,3",
    "129,257,8",
    "64,1031,5",
    "33,2048,256",
    "5,300,64",
    "300,256,2",
    "65,4096,4",
    "70,4097,8",
    "40,9000,3"
  })
  void bothPathsAgreeWithDoubleBruteForce(int n, int k, int d) {
    Random random = new Random(n * 31L + k);
    float[] z = gaussian(n * d, random);
    float[] e = gaussian(k * d, random);
    assertFound(z, distances(e, d, true), bruteForce(z, e, d));
    assertFound(z, distances(e, d, false), largestProduct(z, e, d));
  }

  private static void assertFound(float[] z, Distances distances, int[] expected) {
    int[] fused = new int[expected.length];
    new FusedSearch(distances).search(z, fused);
    assertThat(fused).isEqualTo(expected);
    assertThat(tiled(distances, z, expected.length)).isEqualTo(expected);
  }

  private static int[] tiled(Distances distances, float[] z, int count) {
    int[] found = new int[count];
    try (TiledSearch search = new TiledSearch(distances)) {
      search.search(z, found);
    }
    return found;
  }

  /** A long entry is the nearest of none, and of the largest product with half of all vectors. */
  @Test
  void largestProduct_isNoNearestEntry() {
    float[] z = gaussian(2 * 50, new Random(4));
    float[] e = {1000, 0, -1000, 0, 0.1f, 0.2f};
    try (INDArray codebook = Nd4j.createFromArray(e).reshape(3, 2);
        INDArray vectors = Nd4j.createFromArray(z).reshape(50, 2)) {
      assertThat(CodebookSearch.nearest(vectors, codebook)).containsOnly(2);
      assertThat(CodebookSearch.largestProduct(vectors, codebook)).containsOnly(0, 1);
    }
  }

  /** Of other sizes, of entries that changed in their place, and after it was closed. */
  @Test
  void search_thatIsKept_findsWhatANewOneDoes() {
    Random random = new Random(6);
    CodebookSearch kept = CodebookSearch.byDistance();
    for (int round = 0; round < 2; round++) {
      try (kept) {
        for (int d : new int[] {3, 64, 8}) {
          for (int k : new int[] {1300, 40}) {
            assertFindsTheSame(kept, k, d, random);
          }
        }
      }
    }
  }

  private static void assertFindsTheSame(CodebookSearch kept, int k, int d, Random random) {
    int count = 200 + random.nextInt(100);
    try (INDArray codebook = Nd4j.createFromArray(gaussian(k * d, random)).reshape(k, d);
        INDArray vectors = Nd4j.createFromArray(gaussian(count * d, random)).reshape(count, d)) {
      for (int i = 0; i < 2; i++) {
        assertThat(kept.find(vectors, codebook))
            .isEqualTo(CodebookSearch.nearest(vectors, codebook));
        codebook.negi();
      }
    }
  }

  @Test
  void preparation_changesWhatIsSearched_notTheCodebook() {
    float[] e = {1000, 0, 0, 1};
    try (INDArray codebook = Nd4j.createFromArray(e).reshape(2, 2);
        INDArray vectors = Nd4j.createFromArray(2f, 1.5f).reshape(1, 2);
        CodebookSearch shorter = CodebookSearch.byDistance(entries -> entries[0] = 1)) {
      assertThat(CodebookSearch.nearest(vectors, codebook)).containsExactly(1);
      assertThat(shorter.find(vectors, codebook)).containsExactly(0);
      assertThat(Floats.all(codebook)).isEqualTo(e);
    }
  }

  @Test
  void tiesGoToTheLowestIndex() {
    Random random = new Random(3);
    int d = 8;
    float[] half = gaussian(300 * d, random);
    float[] e = new float[2 * half.length];
    System.arraycopy(half, 0, e, 0, half.length);
    System.arraycopy(half, 0, e, half.length, half.length);
    try (INDArray codebook = Nd4j.createFromArray(e).reshape(600, d);
        INDArray vectors = Nd4j.createFromArray(half).reshape(300, d)) {
      int[] found = CodebookSearch.nearest(vectors, codebook);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(i);
      }
    }
  }

  @Test
  void nearTiesAreDecidedInDouble() {
    float[] e = {1f, 1f, Math.nextUp(1f), 1f, 1f, Math.nextUp(1f)};
    float[] z = {1000f, 1001f};
    int[] found = new int[1];
    new FusedSearch(distances(e, 2, true)).search(z, found);
    assertThat(found).isEqualTo(bruteForce(z, e, 2));
  }

  @Test
  void entriesOfAnyLengthAndBarelyApart_areToldApart() {
    Random random = new Random(11);
    int d = 6;
    float[] e = gaussian(5000 * d, random);
    for (int k = 0; k < 5000; k++) {
      float length = (float) Math.pow(10, random.nextInt(7) - 3);
      for (int i = 0; i < d; i++) {
        // Every second one is its neighbour, a rounding apart.
        e[k * d + i] = k % 2 == 1 ? Math.nextUp(e[(k - 1) * d + i]) : length * e[k * d + i];
      }
    }
    float[] z = gaussian(200 * d, random);
    int[] found = new int[200];
    new FusedSearch(distances(e, d, true)).search(z, found);
    assertThat(found).isEqualTo(bruteForce(z, e, d));
    assertThat(tiled(distances(e, d, true), z, 200)).isEqualTo(bruteForce(z, e, d));
  }

  private static float[] gaussian(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] largestProduct(float[] z, float[] e, int d) {
    int[] best = new int[z.length / d];
    for (int n = 0; n < best.length; n++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < e.length / d; k++) {
        double product = 0;
        for (int i = 0; i < d; i++) {
          product += (double) z[n * d + i] * e[k * d + i];
        }
        if (product > most) {
          most = product;
          best[n] = k;
        }
      }
    }
    return best;
  }

  private static int[] bruteForce(float[] z, float[] e, int d) {
    int[] nearest = new int[z.length / d];
    for (int n = 0; n < nearest.length; n++) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < e.length / d; k++) {
        double distance = 0;
        for (int i = 0; i < d; i++) {
          double difference = (double) z[n * d + i] - e[k * d + i];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest[n] = k;
        }
      }
    }
    return nearest;
  }

  private static Distances distances(float[] codebook, int dimension, boolean euclidean) {
    Distances distances = new Distances(codebook, dimension, euclidean);
    distances.update();
    return distances;
  }
}
