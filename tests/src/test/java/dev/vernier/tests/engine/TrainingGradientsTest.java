package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's execution, fused kernels and shared memory included, against SameDiff's own session.
 */
class TrainingGradientsTest {
  /** Single precision in another order of sums: 1.1e-5 was seen, with one thread on AVX-512. */
  private static final double TOLERANCE = 2e-5;

  /** The entropy term divides distances by a temperature of 0.01, and so multiplies rounding. */
  private static final double TOLERANCE_WITH_ENTROPY = 1e-4;

  /**
   * What rounding leaves of a gradient that is 0, such as that of an attention's key bias; relative
   * to the gradient of the whole model.
   */
  private static final double NOISE = 1e-8;

  private static final Map<Map<String, String>, Double> VARIANTS =
      Map.of(
          Map.of(), TOLERANCE,
          Map.of("l2-norm", "false"), TOLERANCE,
          Map.of("architecture", "open-magvit2"), TOLERANCE,
          Map.of("entropy-ratio", "0.1"), TOLERANCE_WITH_ENTROPY);

  static Stream<Arguments> models() {
    return TinyTraining.networks()
        .flatMap(
            provider ->
                VARIANTS.entrySet().stream()
                    .filter(each -> knows(provider, each.getKey()))
                    .map(
                        each ->
                            Arguments.of(
                                provider.name(), each.getKey(), each.getValue(), provider)));
  }

  private static boolean knows(TokenizerProvider provider, Map<String, String> settings) {
    return Settings.defaults(provider.settings()).names().containsAll(settings.keySet());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("models")
  void gradientsOfAStep_equalSameDiff(
      String name, Map<String, String> settings, double tolerance, TokenizerProvider provider)
      throws Exception {
    compare(provider, settings, ImageSize.square(16), tolerance);
  }

  /** Code grids of 6 x 9 positions, of images that are no squares. */
  @ParameterizedTest
  @MethodSource("dev.vernier.tests.engine.TinyTraining#networks")
  void gradientsOnImagesThatAreNoSquares_equalSameDiff(TokenizerProvider provider)
      throws Exception {
    compare(provider, Map.of(), new ImageSize(12, 18), TOLERANCE);
  }

  private static void compare(
      TokenizerProvider provider, Map<String, String> settings, ImageSize size, double tolerance)
      throws Exception {
    try (TrainableTokenizer model = TinyTraining.open(provider, settings, size, 7);
        INDArray images = TinyTraining.images(size, 1)) {
      AutoencoderTraining training = (AutoencoderTraining) model;
      // A few steps first, so that entries are encodings, some of them shared by several positions.
      for (int step = 0; step < 5; step++) {
        training.step(images);
      }
      training.execution().run();
      Map<String, INDArray> expected = reference(training);
      Parameters parameters = training.parameters();
      double whole = parameters.gradients().norm2Number().doubleValue();
      assertThat(whole).isPositive();
      for (String each : parameters.names()) {
        assertThat(distance(parameters.gradient(each), expected.get(each)))
            .as(each)
            .isLessThanOrEqualTo(
                tolerance * expected.get(each).norm2Number().doubleValue() + NOISE * whole);
      }
    }
  }

  /** The gradients as SameDiff computes them, with the codes that the execution's search found. */
  private static Map<String, INDArray> reference(AutoencoderTraining training) {
    SameDiff sameDiff = training.graph().sameDiff();
    Parameters parameters = training.parameters();
    Map<String, INDArray> values = new HashMap<>();
    for (String input : sameDiff.inputs()) {
      values.put(
          input,
          parameters.has(input)
              ? parameters.get(input).dup()
              : training.execution().read(sameDiff.getVariable(input)));
    }
    sameDiff.createGradFunction(parameters.names().toArray(String[]::new));
    return sameDiff.calculateGradients(values, parameters.names());
  }

  private static double distance(INDArray actual, INDArray expected) {
    try (INDArray difference = actual.sub(expected)) {
      return difference.norm2Number().doubleValue();
    }
  }
}
