package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.tokenizers.vq.VqLcProvider;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ProjectedCodebookTest {
  private static float[] values(AutoencoderTraining training, String name) {
    return Floats.all(training.parameters().get("quantize." + name));
  }

  @ParameterizedTest
  @CsvSource({"random-frozen, false", "random-trained, true"})
  void codebook_changesOnlyWhereItIsTrained(String mode, boolean changes) throws Exception {
    Map<String, String> settings = Map.of("codebook", mode, "weight-decay", "0.1");
    try (TrainableTokenizer open = TinyTraining.open(new VqLcProvider(), settings, 1);
        INDArray images = TinyTraining.images(1)) {
      AutoencoderTraining training = (AutoencoderTraining) open;
      float[] entries = values(training, "embedding.weight");
      float[] projection = values(training, "projection.weight");
      training.step(images);
      assertThat(values(training, "projection.weight")).isNotEqualTo(projection);
      assertThat(!Arrays.equals(values(training, "embedding.weight"), entries)).isEqualTo(changes);
    }
  }
}
