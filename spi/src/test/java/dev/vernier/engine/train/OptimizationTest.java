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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Adam adam = new Adam(parameters, options)) {
      for (int t = 0; t < gradients.length; t++) {
        parameters.gradients().assign(gradients[t]);
        adam.update(0.1, 1);
        float[] values = Floats.all(parameters.values());
        assertThat((double) values[0]).isCloseTo(expected[t], within(2e-6));
        assertThat(values[39_999]).isEqualTo(values[0]);
      }
    }
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
      assertThat(GradientClipping.norm(parameters.gradients())).isCloseTo(6, within(1e-9));
      assertThat(GradientClipping.scale(parameters.gradients(), 1.5)).isCloseTo(0.25, within(1e-6));
      assertThat(GradientClipping.scale(parameters.gradients(), 10)).isEqualTo(1);
      assertThat(GradientClipping.scale(parameters.gradients(), 0)).isEqualTo(1);
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
      ema.update();
      assertThat(Floats.all(ema.values())).containsOnly(2);
    }
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
