package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.TokenizerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The same start and the same batches give the same bits, whatever else lies in memory. */
@Tag("numerics")
class RepeatedTrainingTest {
  private static final int STEPS = 8;

  static Stream<Named<TokenizerProvider>> models() {
    return TinyTraining.networks().map(provider -> Named.of(provider.name(), provider));
  }

  @ParameterizedTest
  @MethodSource("models")
  void lossesGradientsAndWeights_areTheSameBits(TokenizerProvider provider) throws Exception {
    Trace first = train(provider, 7);
    List<INDArray> elsewhere = new ArrayList<>();
    for (int length = 1; length < 200; length += 7) {
      elsewhere.add(Nd4j.ones(DataType.FLOAT, length));
    }
    Trace second = train(provider, 7);
    elsewhere.forEach(INDArray::close);

    assertThat(second.losses()).isEqualTo(first.losses());
    assertThat(second.gradients()).containsExactly(first.gradients());
    assertThat(second.weights()).containsExactly(first.weights());
  }

  @ParameterizedTest
  @MethodSource("models")
  void anotherSeed_givesOtherWeights(TokenizerProvider provider) throws Exception {
    assertThat(train(provider, 8).weights()).isNotEqualTo(train(provider, 7).weights());
  }

  private static Trace train(TokenizerProvider provider, long seed) throws Exception {
    try (AutoencoderTraining training =
        (AutoencoderTraining) TinyTraining.open(provider, Map.of(), seed)) {
      List<Map<String, Double>> losses = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        try (INDArray images = TinyTraining.images(step)) {
          losses.add(training.step(images));
        }
      }
      return new Trace(
          losses,
          Floats.all(training.parameters().gradients()),
          Floats.all(training.parameters().values()));
    }
  }

  /** What a training leaves behind. */
  @SuppressWarnings("ArrayRecordComponent") // compared here and nowhere else
  private record Trace(List<Map<String, Double>> losses, float[] gradients, float[] weights) {}
}
