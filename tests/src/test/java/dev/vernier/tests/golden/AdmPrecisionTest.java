package dev.vernier.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.PrecisionRecall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * ADM's precision and recall in half precision. What TensorFlow's rounding decides is no promise of
 * the reference, so other data may differ by an image; on the project's own data nothing does.
 */
class AdmPrecisionTest {
  private static FeatureMatrix features(Path file) throws Exception {
    NumpyArray array = NumpyArray.read(file);
    return new FeatureMatrix(array.floats(), array.shape()[0], array.shape()[1]);
  }

  @Test
  void sharesInHalfPrecision_areTheReferences() throws Exception {
    Path folder = Path.of(AdmPrecisionTest.class.getResource("/fixtures/prc_adm").toURI());
    JsonNode golden = new ObjectMapper().readTree(folder.resolve("case.json").toFile());
    JsonNode inputs = golden.get("inputs");
    FeatureMatrix sample =
        features(folder.resolve(inputs.get("features_sample_fp16_path").get("file").asText()));
    FeatureMatrix real =
        features(folder.resolve(inputs.get("features_ref_fp16_path").get("file").asText()));
    PrecisionRecall shares =
        PrecisionRecall.adm(real, sample, golden.get("params").get("k").asInt());
    JsonNode scalars = golden.get("scalars");
    assertThat(shares.precision())
        .isEqualTo(scalars.get("precision_fp16_path").get("value").asDouble());
    assertThat(shares.recall()).isEqualTo(scalars.get("recall_fp16_path").get("value").asDouble());
  }
}
