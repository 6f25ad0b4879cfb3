package dev.vernier.tokenizers.lfq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.Window;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

/** The layers that Open-MAGVIT2 has and VQGAN has not, against loops in double precision. */
class OpenMagvitTest {
  private static final int BATCH = 2;
  private static final int SIDE = 4;
  private static final double TOLERANCE = 2e-5;

  private static float[] values(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static SDVariable input(Graph graph, String name, int channels) {
    return graph.input(name, BATCH, channels, SIDE, SIDE);
  }

  /** Its normalization would divide by 0. */
  @Test
  void gridsOfOnePosition_areRefused() {
    LfqProvider provider = new LfqProvider();
    for (String architecture : List.of("vqgan", LfqSettings.MAGVIT)) {
      Settings settings =
          Settings.of(
              provider.settings(), Map.of("architecture", architecture, "multipliers", "1,1,2"));
      provider.check(settings, new ImageSize(4, 8));
      if (architecture.equals("vqgan")) {
        provider.check(settings, ImageSize.square(4));
      } else {
        assertThatThrownBy(() -> provider.check(settings, ImageSize.square(4)))
            .isInstanceOf(UsageException.class)
            .hasMessageContaining("leave 1 position of the code grid, the architecture needs 2: ");
      }
    }
  }

  @Test
  void depthToSpace_putsChannelsWhereThePublishedCodePutsThem() {
    int channels = 3;
    Graph graph = new Graph();
    SDVariable input = input(graph, "x", 4 * channels);
    SDVariable spread =
        new FeatureMap(
                graph,
                DepthToSpace.spread(FeatureMap.ofInput(graph, input)),
                BATCH,
                2 * SIDE,
                2 * SIDE,
                channels)
            .channelsFirst();
    float[] x = values(BATCH * 4 * channels * SIDE * SIDE, 1);
    float[] y;
    try (Parameters none = Parameters.initialize(graph, 3);
        Execution execution = Executors.chosen().compile(Program.forward(graph, spread), none)) {
      execution.set(input, x);
      execution.run();
      y = execution.floats(spread);
    }
    for (int n = 0; n < BATCH; n++) {
      for (int c = 0; c < channels; c++) {
        for (int row = 0; row < 2 * SIDE; row++) {
          for (int column = 0; column < 2 * SIDE; column++) {
            int depth = (row % 2 * 2 + column % 2) * channels + c;
            int from = ((n * 4 * channels + depth) * SIDE + row / 2) * SIDE + column / 2;
            int to = ((n * channels + c) * 2 * SIDE + row) * 2 * SIDE + column;
            assertThat(y[to]).isEqualTo(x[from]);
          }
        }
      }
    }
  }

  @Test
  void halving_padsEverySide() {
    Graph graph = new Graph();
    SDVariable input = input(graph, "x", 1);
    FeatureMap half =
        Convolution.apply("c", FeatureMap.ofInput(graph, input), 1, Window.square(3, 2, 1));
    float[] x = values(BATCH * SIDE * SIDE, 1);
    try (Parameters parameters = Parameters.initialize(graph, 3)) {
      float[] weight = Floats.all(parameters.get("c.weight"));
      float bias = Floats.all(parameters.get("c.bias"))[0];
      try (Execution execution =
          Executors.chosen().compile(Program.forward(graph, half.value()), parameters)) {
        execution.set(input, x);
        execution.run();
        float[] y = execution.floats(half.value());
        assertThat(y).hasSize(BATCH * 4);
        double corner = bias;
        for (int row = 0; row < 2; row++) {
          for (int column = 0; column < 2; column++) {
            corner += weight[(row + 1) * 3 + column + 1] * x[row * SIDE + column];
          }
        }
        assertThat((double) y[0]).isCloseTo(corner, within(TOLERANCE));
      }
    }
  }

  @Test
  void adaptiveNormalization_takesItsAffineMapFromTheCode() {
    int channels = 4;
    int bits = 3;
    int groups = 2;
    Graph graph = new Graph();
    SDVariable x = input(graph, "x", channels);
    SDVariable code = input(graph, "code", bits);
    SDVariable y =
        AdaptiveNormalization.apply(
                "a", FeatureMap.ofInput(graph, x), FeatureMap.ofInput(graph, code), groups)
            .channelsFirst();
    float[] values = values(BATCH * channels * SIDE * SIDE, 1);
    float[] codes = values(BATCH * bits * SIDE * SIDE, 2);
    try (Parameters parameters = Parameters.initialize(graph, 3);
        Execution execution = Executors.chosen().compile(Program.forward(graph, y), parameters)) {
      execution.set(x, values);
      execution.set(code, codes);
      execution.run();
      double[] expected = expected(values, codes, parameters, channels, bits, groups);
      float[] actual = execution.floats(y);
      for (int i = 0; i < actual.length; i++) {
        assertThat((double) actual[i]).isCloseTo(expected[i], within(TOLERANCE));
      }
    }
  }

  private static double[] expected(
      float[] x, float[] code, Parameters parameters, int channels, int bits, int groups) {
    int area = SIDE * SIDE;
    int width = channels / groups;
    double[] y = new double[x.length];
    for (int n = 0; n < BATCH; n++) {
      for (int c = 0; c < channels; c++) {
        double[] group = moments(x, (n * channels + c / width * width) * area, width * area);
        double scale = Floats.all(parameters.get("a.gamma.bias"))[c];
        double shift = Floats.all(parameters.get("a.beta.bias"))[c];
        for (int b = 0; b < bits; b++) {
          double[] moments = moments(code, (n * bits + b) * area, area);
          double unbiased = moments[1] * area / (area - 1);
          scale +=
              Floats.all(parameters.get("a.gamma.weight"))[c * bits + b]
                  * Math.sqrt(unbiased + 1e-6);
          shift += Floats.all(parameters.get("a.beta.weight"))[c * bits + b] * moments[0];
        }
        for (int i = 0; i < area; i++) {
          int at = (n * channels + c) * area + i;
          y[at] = scale * (x[at] - group[0]) / Math.sqrt(group[1] + 1e-6) + shift;
        }
      }
    }
    return y;
  }

  /** Mean and variance of a run of values. */
  private static double[] moments(float[] values, int from, int count) {
    double mean = 0;
    for (int i = from; i < from + count; i++) {
      mean += values[i] / (double) count;
    }
    double variance = 0;
    for (int i = from; i < from + count; i++) {
      variance += (values[i] - mean) * (values[i] - mean) / count;
    }
    return new double[] {mean, variance};
  }
}
