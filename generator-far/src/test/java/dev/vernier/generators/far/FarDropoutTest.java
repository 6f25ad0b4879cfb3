package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training drops: tokens, what attention and feed-forward layers add, and the class. */
@Tag("numerics")
class FarDropoutTest {
  private static final double RATE = 0.1;

  /** Standard deviations of a binomial share that a fixed seed may be off. */
  private static final double DEVIATIONS = 4;

  /** Weights of residual layers; while they are zero, their dropout drops zeros. */
  private static final List<String> RESIDUALS =
      List.of("attention.wo.weight", "feed_forward.w2.weight");

  @ParameterizedTest
  @CsvSource({"attention.wo, feed_forward.w2", "feed_forward.w2, attention.wo"})
  void whatALayerAdds_isDropped(String layer, String silent) {
    FarShape shape = Few.shape(1, false);
    int rows = 16 * shape.positions();
    Function<Double, float[]> added =
        rate -> {
          Graph graph = new Graph();
          SDVariable x = graph.input("x", rows, shape.width());
          SDVariable table =
              graph.frozen(
                  "rotary",
                  RotaryTable.first(shape, shape.positions()),
                  shape.positions(),
                  shape.headWidth());
          Dropouts dropouts = new Dropouts(graph, rate);
          SDVariable y =
              new Blocks(graph, shape)
                  .over("block", x, shape.positions(), table, dropouts.of(rows, shape.width()));
          SDVariable difference = y.sub(x);
          try (Parameters parameters = Few.parameters(graph, 5)) {
            parameters.get("block." + silent + ".weight").assign(0);
            return run(Program.forward(graph, difference), parameters, dropouts, difference, x);
          }
        };
    assertDropped(added.apply(0.0), added.apply(RATE));
  }

  /** Numbers this small come through the last normalization as they are, but for its epsilon. */
  @Test
  void tokens_areDropped() {
    int width = Few.shape(1, false).width();
    FarShape shape = Few.shape(List.of(new SubCodebook("code", width)), 4, 4, 2);
    int batch = 8;
    Function<Double, float[]> logits =
        rate -> {
          TeacherForcing net = new TeacherForcing(shape, new Classifiers(false), batch, rate);
          SDVariable output = net.logits().get(0);
          try (Parameters parameters = Few.parameters(net.graph(), 5)) {
            for (String name : parameters.names()) {
              INDArray values = parameters.get(name);
              if (RESIDUALS.stream().anyMatch(name::endsWith)) {
                values.assign(0);
              } else if (name.contains("embedding")) {
                values.muli(1e-4);
              }
            }
            parameters.get("norm.weight").assign(1);
            parameters.get("output.weight").assign(0);
            for (int i = 0; i < width; i++) {
              parameters.get("output.weight").putScalar(i, i, 1);
            }
            try (Execution execution =
                Executors.chosen().compile(Program.forward(net.graph(), output), parameters)) {
              net.feed(execution, Few.tokens(shape, batch, 3), new int[batch]);
              net.dropouts().seed(execution, 11);
              execution.run();
              return execution.floats(output);
            }
          }
        };
    assertDropped(logits.apply(0.0), logits.apply(RATE));
  }

  private static float[] run(
      Program program, Parameters parameters, Dropouts dropouts, SDVariable output, SDVariable x) {
    Random random = new Random(9);
    float[] values = new float[(int) (x.getShape()[0] * x.getShape()[1])];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (Execution execution = Executors.chosen().compile(program, parameters)) {
      execution.set(x, values);
      dropouts.seed(execution, 11);
      execution.run();
      return execution.floats(output);
    }
  }

  /** A tenth is zero, the others are divided by nine tenths. */
  private static void assertDropped(float[] whole, float[] some) {
    int dropped = 0;
    for (int i = 0; i < whole.length; i++) {
      if (some[i] == 0) {
        dropped++;
      } else {
        double expected = whole[i] / (1 - RATE);
        assertThat((double) some[i]).isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-6));
      }
    }
    assertShare(dropped, whole.length);
  }

  private static void assertShare(int dropped, int all) {
    double deviation = Math.sqrt(RATE * (1 - RATE) / all);
    assertThat((double) dropped / all).isCloseTo(RATE, within(DEVIATIONS * deviation));
  }

  static Stream<String> layers() {
    return Stream.of("layers.0.", "layers.1.", "ar_head.0.", "ar_head.1.")
        .flatMap(block -> RESIDUALS.stream().map(layer -> block + layer));
  }

  /** Of seeds that drop no token, some drop what a layer adds, alone as it is. */
  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerOfTrunkAndHead_isDropped(String layer) {
    List<SubCodebook> codebooks = List.of(new SubCodebook("a", 5), new SubCodebook("b", 7));
    FarShape shape = new FarShape(codebooks, 1, 1, 1, 8, 2, 2, 2, 8, false);
    TeacherForcing net = new TeacherForcing(shape, new FactorizedHead(), 1, RATE);
    SDVariable loss = net.loss();
    try (Parameters parameters = Few.parameters(net.graph(), 2);
        INDArray weight = parameters.get(layer).dup();
        Execution execution =
            Executors.chosen().compile(Program.training(net.graph(), loss), parameters)) {
      layers().forEach(each -> parameters.get(each).assign(0));
      net.feed(execution, Few.tokens(shape, 1, 3), new int[1]);
      Map<Double, List<Integer>> seeds = new TreeMap<>();
      for (int seed = 0; seed < 60; seed++) {
        seeds
            .computeIfAbsent(loss(execution, net, loss, seed), each -> new ArrayList<>())
            .add(seed);
      }
      assertThat(seeds).as("tokens are dropped").hasSizeGreaterThan(1);
      List<Integer> silent =
          seeds.values().stream().max(Comparator.comparing(List::size)).orElseThrow();
      parameters.get(layer).assign(weight);
      assertThat(silent.stream().map(seed -> loss(execution, net, loss, seed)).distinct().count())
          .isGreaterThan(1);
    }
  }

  private static double loss(Execution execution, TeacherForcing net, SDVariable loss, int seed) {
    net.dropouts().seed(execution, seed);
    execution.run();
    return execution.number(loss);
  }

  /** Along its gradient a parameter changes the loss, what is dropped fixed, by the norm of it. */
  @Test
  void gradients_areThoseOfWhatStays() {
    FarShape shape = Few.shape(2, false);
    TeacherForcing net = new TeacherForcing(shape, new FactorizedHead(), 2, 0.3);
    SDVariable loss = net.loss();
    double step = 5e-3;
    try (Parameters parameters = Few.parameters(net.graph(), 2);
        Execution execution =
            Executors.chosen().compile(Program.training(net.graph(), loss), parameters)) {
      net.feed(execution, Few.tokens(shape, 2, 3), new int[] {0, 1});
      for (String name : parameters.names()) {
        loss(execution, net, loss, 4);
        float[] values = Floats.all(parameters.get(name));
        float[] gradient = parameters.gradient(name).dup('c').data().asFloat();
        double norm =
            Math.sqrt(
                IntStream.range(0, gradient.length)
                    .mapToDouble(i -> (double) gradient[i] * gradient[i])
                    .sum());
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = values.clone();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) ((side == 0 ? -step : step) * gradient[i] / norm);
          }
          Floats.of(parameters.get(name)).write(0, moved, moved.length);
          losses[side] = loss(execution, net, loss, 4);
        }
        Floats.of(parameters.get(name)).write(0, values, values.length);
        assertThat((losses[1] - losses[0]) / (2 * step))
            .as(name)
            .isCloseTo(norm, within(0.01 * norm + 1e-4));
      }
    }
  }

  private static final List<SubCodebook> CODEBOOKS =
      List.of(new SubCodebook("visual", 6), new SubCodebook("semantic", 8));

  private static final int LABEL = 1;

  private static TrainableGenerator training(double rate, double dropout, double classDropout)
      throws IOException {
    TokenizerSpec tokenizer = new TokenizerSpec("any", new ImageSize(4, 6), 2, CODEBOOKS, 4, 0);
    FarProvider provider = new FarProvider();
    Map<String, String> further =
        Map.of(
            "learning-rate", String.valueOf(rate),
            "dropout", String.valueOf(dropout),
            "class-dropout", String.valueOf(classDropout));
    return provider.create(
        Settings.of(provider.settings(), Few.sizes(further)),
        new GeneratorContext(tokenizer, 3, 1, 40, 7, false));
  }

  /** An image of the class. */
  private static Tokens image() {
    return image(LABEL);
  }

  private static Tokens image(int label) {
    return Few.tokens(Few.shape(CODEBOOKS, 2, 3, 3), 1, label);
  }

  /** Saves a training that knows one image of each class, and all of them without. */
  private static void train(Path folder) throws IOException {
    try (TrainableGenerator training = training(0.01, 0, 0.5)) {
      for (int step = 0; step < 60; step++) {
        training.step(image(step % 3), new int[] {step % 3});
      }
      training.save(folder);
    }
  }

  /** The training's loss of an image that a generator gives so many bits. */
  private static double loss(double[] bits) {
    return (bits[0] + bits[1]) * Math.log(2) / (2 * 6);
  }

  @Test
  void theClass_isDroppedForTheNullClass(@TempDir Path folder) throws IOException {
    train(folder);
    int steps = 1000;
    try (TrainableGenerator training = training(0, 0, RATE)) {
      training.restore(folder);
      double with;
      double without;
      try (Generator generator = training.generator()) {
        with = loss(generator.bits(image(), new int[] {LABEL})[0]);
        without = loss(generator.bits(image(), new int[] {3})[0]);
      }
      assertThat(Math.abs(with - without)).isGreaterThan(1e-2);
      int dropped = 0;
      for (int step = 0; step < steps; step++) {
        double loss = training.step(image(), new int[] {LABEL}).get("loss");
        boolean isDropped = Math.abs(loss - without) < Math.abs(loss - with);
        assertThat(loss).isCloseTo(isDropped ? without : with, within(1e-5));
        dropped += isDropped ? 1 : 0;
      }
      assertShare(dropped, steps);
    }
  }

  @Test
  void samplingAndValidation_dropNothing(@TempDir Path folder) throws IOException {
    train(folder);
    SamplingSettings settings =
        new SamplingSettings(
            List.of(new SamplingSettings.Draw(1, 1, 0, 1)), GuidanceSchedule.CONSTANT, 3);
    int[] labels = {0, 1, 2, 0, 1};
    try (TrainableGenerator dropping = training(0, 0.5, 0.5);
        TrainableGenerator whole = training(0, 0, 0)) {
      dropping.restore(folder);
      whole.restore(folder);
      Set<Double> losses = new HashSet<>();
      for (int step = 0; step < 5; step++) {
        losses.add(dropping.step(image(), new int[] {LABEL}).get("loss"));
      }
      assertThat(losses).as("losses in training").hasSize(5);
      double expected = whole.step(image(), new int[] {LABEL}).get("loss");
      try (Generator some = dropping.generator();
          Generator all = whole.generator()) {
        for (int again = 0; again < 2; again++) {
          assertThat(loss(some.bits(image(), new int[] {LABEL})[0]))
              .isCloseTo(expected, within(1e-5));
          assertThat(some.sample(labels, 0, settings)).isEqualTo(all.sample(labels, 0, settings));
        }
      }
    }
  }
}
