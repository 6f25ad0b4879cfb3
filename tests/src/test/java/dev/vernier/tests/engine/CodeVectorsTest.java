package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.weights.WeightFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vectors of codes are those that the weights hold, as the search sees them. */
class CodeVectorsTest {
  private static final int[] CODES = {3, 0, 31, 3};
  @TempDir Path folder;

  private float[][] vectors(String name, Map<String, String> settings, int subCodebook)
      throws Exception {
    TokenizerProvider provider =
        TinyTraining.networks().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    try (TrainableTokenizer training = TinyTraining.open(provider, settings, 1);
        Tokenizer tokenizer = training.tokenizer()) {
      tokenizer.save(folder);
      try (INDArray rows = ((CodeVectors) tokenizer).vectors(subCodebook, CODES)) {
        return rows.toFloatMatrix();
      }
    }
  }

  private float[][] weights(String array) throws Exception {
    try (WeightFile file = WeightFile.open(folder.resolve("weights.safetensors"))) {
      float[] values = file.read(array);
      float[][] rows = new float[(int) file.shape(array)[0]][];
      int each = values.length / rows.length;
      Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * each, (i + 1) * each));
      return rows;
    }
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += value * value;
    }
    return Math.sqrt(square);
  }

  @Test
  void vqgan_entriesAreThoseOfTheCodebook() throws Exception {
    float[][] found = vectors("vqgan", Map.of("l2-norm", "false"), 0);
    float[][] codebook = weights("quantize.embedding.weight");
    for (int i = 0; i < CODES.length; i++) {
      assertThat(found[i]).isEqualTo(codebook[CODES[i]]);
    }
  }

  @Test
  void fqgan_entriesAreThoseOfEachBranch_normalized() throws Exception {
    for (int book : List.of(0, 1)) {
      float[][] found = vectors("fqgan-dual", Map.of("l2-norm", "true"), book);
      float[][] codebook =
          weights(book == 0 ? "quantize_vis.embedding.weight" : "quantize_sem.embedding.weight");
      for (int i = 0; i < CODES.length; i++) {
        float[] entry = codebook[CODES[i]];
        double length = length(entry);
        for (int d = 0; d < entry.length; d++) {
          assertThat(found[i][d]).isCloseTo((float) (entry[d] / length), Offset.offset(1e-6f));
        }
      }
    }
  }

  @Test
  void vqLc_entriesAreProjected() throws Exception {
    float[][] found = vectors("vq-lc", Map.of(), 0);
    float[][] codebook = weights("quantize.embedding.weight");
    float[][] projection = weights("quantize.projection.weight");
    for (int i = 0; i < CODES.length; i++) {
      assertThat(found[i]).hasSize(projection.length);
      float[] entry = codebook[CODES[i]];
      double[] differences = new double[projection.length];
      // The bias is what all entries have in common, so differences are free of it.
      for (int d = 0; d < projection.length; d++) {
        for (int e = 0; e < entry.length; e++) {
          differences[d] += projection[d][e] * (entry[e] - codebook[CODES[0]][e]);
        }
        assertThat((double) found[i][d] - found[0][d])
            .isCloseTo(differences[d], Offset.offset(1e-5));
      }
    }
  }

  @Test
  void lfq_vectorsAreTheSignsOfTheBits() throws Exception {
    float[][] found = vectors("lfq", Map.of(), 0);
    assertThat(found[0]).containsExactly(1, 1, -1, -1, -1);
    assertThat(found[1]).containsExactly(-1, -1, -1, -1, -1);
    assertThat(found[2]).containsExactly(1, 1, 1, 1, 1);
  }
}
