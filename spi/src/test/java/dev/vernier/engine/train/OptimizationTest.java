package dev.vernier.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class OptimizationTest {
  @TempDir Path folder;

  private static Parameters parameters(long... shape) {
    Graph graph = new Graph();
    graph.parameter("w", Initializer.constant(1), shape);
    return Parameters.initialize(graph, 1);
  }

  /** The method in double, straight from the paper. */
  private static double[] reference(Adam.Options options, double rate, double[] gradients) {
    double value = 1;
    double m = 0;
    double v = 0;
    double[] values = new double[gradients.length];
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = options.beta1() * m + (1 - options.beta1()) * g;
      v = options.beta2() * v + (1 - options.beta2()) * g * g;
      double corrected = m / (1 - Math.pow(options.beta1(), t));
      double root = Math.sqrt(v / (1 - Math.pow(options.beta2(), t)));
      value *= 1 - rate * options.weightDecay();
      value -= rate * corrected / (root + options.epsilon());
      values[t - 1] = value;
    }
    return values;
  }

  private static void assertFollows(Adam.Options options) {
    double[] gradients = {0.5, -2, 0.001, 3};
    double[] expected = reference(options, 0.1, gradients);
    try (Parameters parameters = parameters(40_000);
        Optimization optimization = optimization(parameters, options, 0)) {
      for (int t = 0; t < gradients.length; t++) {
        parameters.gradients().assign(gradients[t]);
        optimization.step(1);
        float[] values = Floats.all(parameters.values());
        assertThat((double) values[0]).isCloseTo(expected[t], within(2e-6));
        assertThat(values[39_999]).isEqualTo(values[0]);
      }
    }
  }

  private static Optimization optimization(
      Parameters parameters, Adam.Options options, double emaDecay) {
    return new Optimization(
        parameters,
        new Optimization.Options(
            options,
            Optimization.Decayed.ALL,
            LearningRate.constant(0.1),
            0,
            emaDecay,
            "lower learning-rate"),
        "the loss");
  }

  private static GradientClipping clipping(Parameters parameters, double maximum) {
    return new GradientClipping(parameters.gradients(), maximum);
  }

  @Test
  void adam_followsThePaper() {
    assertFollows(new Adam.Options(0.9, 0.95, 1e-8, 0));
  }

  @Test
  void adamW_decaysApartFromTheGradient() {
    assertFollows(new Adam.Options(0.9, 0.999, 1e-8, 0.3));
  }

  @Test
  void clipping_bringsTheNormDown() {
    try (Parameters parameters = parameters(4)) {
      parameters.gradients().assign(3);
      assertThat(clipping(parameters, 0).norm()).isCloseTo(6, within(1e-9));
      assertThat(clipping(parameters, 1.5).scale()).isCloseTo(0.25, within(1e-6));
      assertThat(clipping(parameters, 10).scale()).isEqualTo(1);
      assertThat(clipping(parameters, 0).scale()).isEqualTo(1);
      parameters.gradients().putScalar(2, Float.POSITIVE_INFINITY);
      assertThat(clipping(parameters, 0).scale()).isNaN();
      assertThat(clipping(parameters, 10).scale()).isZero();
    }
  }

  /** Adam's first step is as long at any scale of the gradient: the moments alone tell. */
  @Test
  void gradient_isClippedBeforeTheMoments() {
    try (Parameters parameters = parameters(4);
        Optimization optimization =
            new Optimization(
                parameters,
                new Optimization.Options(
                    new Adam.Options(0.9, 0.95, 1e-8, 0),
                    Optimization.Decayed.ALL,
                    LearningRate.constant(0.1),
                    1.5,
                    0,
                    ""),
                "the loss")) {
      Floats.of(parameters.gradients()).write(0, new float[] {2, -4, 4, 0}, 4);
      optimization.step(1);
      Map<String, INDArray> arrays = optimization.arrays();
      assertThat(Floats.all(arrays.get("adam.first")))
          .containsExactly(new float[] {0.05f, -0.1f, 0.1f, 0}, within(1e-6f));
      assertThat(Floats.all(arrays.get("adam.second")))
          .containsExactly(new float[] {0.0125f, 0.05f, 0.05f, 0}, within(1e-6f));
    }
  }

  @Test
  void cosine_risesThenFalls() {
    LearningRate rates = LearningRate.cosine(1, 0.1, 10, 110);
    assertThat(rates.at(0)).isCloseTo(0.1, within(1e-12));
    assertThat(rates.at(9)).isCloseTo(1, within(1e-12));
    assertThat(rates.at(60)).isCloseTo(0.55, within(1e-12));
    assertThat(rates.at(110)).isCloseTo(0.1, within(1e-12));
    assertThat(rates.at(500)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void ema_movesTowardsTheWeights() {
    try (Parameters parameters = parameters(3);
        Ema ema = new Ema(parameters, 0.75)) {
      parameters.values().assign(5);
      ema.stepped();
      assertThat(Floats.all(ema.values())).containsOnly(2);
    }
  }

  /** An average that was brought up to date after each step, as it is without a common pass. */
  @Test
  void averageOfEveryStep_isTheSameWhenItIsReadOnce() {
    Adam.Options options = new Adam.Options(0.9, 0.95, 1e-8, 0);
    try (Parameters often = parameters(5_000);
        Parameters once = parameters(5_000);
        Optimization reading = optimization(often, options, 0.75);
        Optimization fused = optimization(once, options, 0.75)) {
      for (int t = 0; t < 4; t++) {
        for (Parameters each : List.of(often, once)) {
          each.gradients().assign(t - 1.5);
        }
        reading.step(1);
        fused.step(1);
        // What else changes the weights between two steps counts.
        often.values().addi(0.125);
        once.values().addi(0.125);
        assertThat(Floats.all(reading.result("w"))[4_999]).isFinite();
      }
      assertThat(Floats.all(fused.result("w"))).isEqualTo(Floats.all(reading.result("w")));
      assertThat(Floats.all(fused.result("w"))[0]).isNotEqualTo(Floats.all(once.get("w"))[0]);
    }
  }

  @Test
  void replacedRows_haveNoOlderShareInTheAverage() {
    Adam.Options options = new Adam.Options(0.9, 0.95, 1e-8, 0);
    try (Parameters parameters = parameters(4, 2);
        Optimization optimization = optimization(parameters, options, 0.75)) {
      parameters.gradients().assign(1);
      optimization.step(1);
      optimization.replaceRows("w", new int[] {1, 3}, new float[] {5, 6, 7, 8});
      assertThat(Floats.all(optimization.result("w")))
          .containsExactly(new float[] {0.975f, 0.975f, 5, 6, 0.975f, 0.975f, 7, 8}, within(1e-6f));
      assertThat(Floats.all(parameters.get("w")))
          .containsExactly(new float[] {0.9f, 0.9f, 5, 6, 0.9f, 0.9f, 7, 8}, within(1e-6f));
    }
  }

  @Test
  void decay_shrinksMatricesAlone() {
    Graph graph = new Graph();
    graph.parameter("a.weight", Initializer.constant(1), 50, 60);
    graph.parameter("a.bias", Initializer.constant(1), 60);
    graph.parameter("b.weight", Initializer.constant(1), 3, 3, 4, 5);
    graph.parameter("c.weight", Initializer.constant(1), 7, 7);
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Optimization optimization =
            new Optimization(
                parameters,
                new Optimization.Options(
                    new Adam.Options(0.9, 0.999, 1e-8, 0.5),
                    (name, shape) ->
                        Optimization.Decayed.MATRICES.includes(name, shape)
                            && !name.startsWith("c."),
                    LearningRate.constant(0.1),
                    0,
                    0,
                    ""),
                "the loss")) {
      parameters.gradients().assign(0);
      optimization.step(1);
      assertThat(Floats.all(parameters.get("a.weight"))).containsOnly(0.95f);
      assertThat(Floats.all(parameters.get("a.bias"))).containsOnly(1);
      assertThat(Floats.all(parameters.get("b.weight"))).containsOnly(0.95f);
      assertThat(Floats.all(parameters.get("c.weight"))).containsOnly(1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void lossThatIsNotFinite_isRefusedBeforeTheStep(double loss) {
    try (Parameters parameters = parameters(2);
        Optimization optimization =
            optimization(parameters, new Adam.Options(0.9, 0.95, 1e-8, 0), 0)) {
      parameters.gradients().assign(1);
      optimization.step(1);
      float[] before = Floats.all(parameters.values());
      assertThatThrownBy(() -> optimization.step(loss))
          .isInstanceOf(UsageException.class)
          .hasMessage("the loss became " + loss + " in step 2: lower learning-rate");
      assertThat(Floats.all(parameters.values())).isEqualTo(before);
    }
  }

  @Test
  void optimization_goesOnFromACheckpointToTheSameBits() throws IOException {
    Adam.Options options = new Adam.Options(0.9, 0.95, 1e-8, 0);
    Path file = folder.resolve("training.safetensors");
    try (Parameters saved = parameters(5_000);
        Parameters restored = parameters(5_000);
        Optimization first = optimization(saved, options, 0.75);
        Optimization second = optimization(restored, options, 0.75)) {
      saved.gradients().assign(0.25);
      first.step(1);
      first.step(1);
      first.save(file, Map.of());
      second.restore(file, Map.of());
      assertThat(second.steps()).isEqualTo(2);
      restored.gradients().assign(0.25);
      first.step(1);
      second.step(1);
      assertThat(Floats.all(restored.values())).isEqualTo(Floats.all(saved.values()));
      assertThat(Floats.all(second.result("w"))).isEqualTo(Floats.all(first.result("w")));
    }
  }

  @Test
  void rates_beginLaterForThoseThatJoinInLater() {
    LearningRate later = LearningRate.cosine(1, 0.1, 10, 110).after(60);
    assertThat(later.at(0)).isCloseTo(0.55, within(1e-12));
    assertThat(later.at(50)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void checkpoint_restoresEverything() throws IOException {
    Path file = folder.resolve("state.safetensors");
    try (Parameters saved = parameters(2, 3);
        Parameters restored = parameters(2, 3)) {
      saved.values().assign(4);
      saved.gradients().assign(9);
      Checkpoint.write(file, saved, Map.of("m", saved.gradients()), Map.of("step", "12"));
      Map<String, String> state =
          Checkpoint.read(file, restored, Map.of("m", restored.gradients()));
      assertThat(state).containsEntry("step", "12");
      assertThat(Floats.all(restored.values())).containsOnly(4);
      assertThat(Floats.all(restored.gradients())).containsOnly(9);
    }
  }

  @Test
  void checkpointOfAnotherModel_isRefusedByName() throws IOException {
    Path file = folder.resolve("state.safetensors");
    Graph other = new Graph();
    other.parameter("v", Initializer.constant(1), 2);
    try (Parameters saved = parameters(2);
        Parameters wrongName = Parameters.initialize(other, 1);
        Parameters wrongShape = parameters(3)) {
      Checkpoint.write(file, saved, Map.of(), Map.of());
      assertThatThrownBy(() -> Checkpoint.read(file, wrongName, Map.of()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("missing [v], left over [w]");
      assertThatThrownBy(() -> Checkpoint.read(file, wrongShape, Map.of()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("w of shape [2], the model needs [3]");
    }
  }
}
