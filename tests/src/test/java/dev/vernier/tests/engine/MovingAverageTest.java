package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.tokenizers.vq.VqLcProvider;
import dev.vernier.tokenizers.vq.VqganProvider;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The average of weights begins with what the first batch made of them, not with what it replaced.
 */
class MovingAverageTest {
  @TempDir private Path folder;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(new VqganProvider(), "quantize.embedding.weight"),
        Arguments.of(new VqLcProvider(), "quantize.projection.weight"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void averageAfterOneSmallStep_isNearTheWeights(TokenizerProvider provider, String name)
      throws IOException {
    float[] averaged = afterOneStep(provider, name, "0.9");
    float[] plain = afterOneStep(provider, name, "0");
    for (int i = 0; i < plain.length; i++) {
      assertThat(averaged[i]).isCloseTo(plain[i], within(1e-3f));
    }
  }

  private float[] afterOneStep(TokenizerProvider provider, String name, String decay)
      throws IOException {
    Map<String, String> settings =
        Map.of(
            "ema-decay", decay, "learning-rate", "1e-5", "warm-up", "0", "perceptual-weight", "0");
    Path saved = Files.createDirectories(folder.resolve(decay));
    try (TrainableTokenizer training = TinyTraining.open(provider, settings, 7);
        INDArray images = TinyTraining.images(1)) {
      training.step(images);
      try (Tokenizer tokenizer = training.tokenizer()) {
        tokenizer.save(saved);
      }
    }
    try (WeightFile weights = WeightFile.open(AutoencoderTokenizer.weightFile(saved))) {
      return weights.read(name);
    }
  }
}
