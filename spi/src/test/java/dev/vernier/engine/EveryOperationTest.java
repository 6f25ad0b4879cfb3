package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.nn.AttentionBlock;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.Linear;
import dev.vernier.engine.nn.Resampling;
import dev.vernier.engine.nn.ResidualBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Operation;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.Affine;
import dev.vernier.engine.program.operations.Attend;
import dev.vernier.engine.program.operations.AttendHeads;
import dev.vernier.engine.program.operations.CrossEntropy;
import dev.vernier.engine.program.operations.Dropout;
import dev.vernier.engine.program.operations.GroupNormalize;
import dev.vernier.engine.program.operations.LogSoftmax;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.program.operations.MoveChannels;
import dev.vernier.engine.program.operations.RmsNormalize;
import dev.vernier.engine.program.operations.Rotate;
import dev.vernier.engine.program.operations.SwiGlu;
import dev.vernier.engine.program.operations.Upsample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every operation on every executor against the reference: values, gradients of inputs and of
 * parameters, over shapes drawn at random. A further executor must only pass it.
 */
@Tag("numerics")
class EveryOperationTest {
  private static final String REFERENCE = "nd4j";
  private static final List<String> OTHERS = List.of("onednn");
  private static final int SHAPES = 10;
  private static final double TOLERANCE = 2e-5;

  /** Sizes of a map, neither square nor even more often than not. */
  private record Sizes(int batch, int height, int width, int channels, Random random) {
    /** What kernels treat in a way of its own, or forget; then what chance brings. */
    static Sizes draw(int number) {
      // The first numbers of neighbouring seeds are alike.
      Random random = new Random(0x5deece66dL * (number + 1));
      return switch (number) {
        case 0 -> new Sizes(1, 5, 7, 1, random);
        case 1 -> new Sizes(1, 7, 3, 3, random);
        case 2 -> new Sizes(2, 9, 5, 1, random);
        case 3 -> new Sizes(9, 17, 14, 16, random);
        default -> drawn(random);
      };
    }

    private static Sizes drawn(Random random) {
      int[] channels = {1, 3, 4, 8, 12};
      return new Sizes(
          1 + random.nextInt(3),
          3 + random.nextInt(9),
          3 + random.nextInt(9),
          channels[random.nextInt(channels.length)],
          random);
    }

    FeatureMap input(Graph graph) {
      SDVariable x = graph.input("x", batch, height, width, channels);
      return new FeatureMap(graph, x, batch, height, width, channels);
    }
  }

  /** Lays something into the graph of a map. */
  @FunctionalInterface
  private interface Definition {
    SDVariable of(Sizes sizes, FeatureMap x);
  }

  private record Case(String name, Definition definition) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Window window :
        List.of(
            Window.square(3, 1, 1),
            Window.square(1, 1, 0),
            Window.square(3, 2, 1),
            Window.square(2, 2, 0),
            Window.halving(3),
            Window.keeping(1, 3),
            Window.keeping(3, 1))) {
      cases.add(
          new Case(
              "convolve " + window,
              (sizes, x) ->
                  Convolution.apply(
                          "c", x, (x.channels() < 16 ? 1 : 16) + sizes.random.nextInt(9), window)
                      .value()));
    }
    cases.add(new Case("convolve large maps", (sizes, x) -> large(x).value()));
    cases.add(new Case("convolve many channels", (sizes, x) -> deep(sizes, x).value()));
    cases.add(new Case("convolve large maps of many channels", (sizes, x) -> wide(x).value()));
    for (boolean swish : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "normalize, swish " + swish,
              (sizes, x) -> {
                int groups = x.channels() % 4 == 0 ? 4 : 1;
                GroupNormalize operation =
                    new GroupNormalize(
                        x.batch(), x.height(), x.width(), x.channels(), groups, 1e-6, swish);
                return x.graph()
                    .apply(
                        operation,
                        x.value(),
                        x.graph().parameter("w", Initializer.uniform(0.5, 1.5), x.channels()),
                        x.graph().parameter("b", Initializer.normal(0.1), x.channels()));
              }));
    }
    cases.add(new Case("upsample", (sizes, x) -> x.graph().apply(new Upsample(), x.value())));
    for (boolean last : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "move channels, last " + last,
              (sizes, x) -> x.graph().apply(new MoveChannels(last), x.value())));
    }
    cases.add(
        new Case(
            "affine",
            (sizes, x) ->
                Linear.rows(x.graph(), "l", x.rows(), x.channels(), 1 + sizes.random.nextInt(9))));
    for (boolean causal : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "attend, causal " + causal,
              (sizes, x) -> {
                SDVariable rows = x.value().reshape(x.batch(), x.area(), x.channels());
                return x.graph()
                    .apply(new Attend(x.area(), 0.7, causal), rows, rows.mul(1.5), rows.mul(rows));
              }));
    }
    cases.add(new Case("lookup", EveryOperationTest::lookup));
    cases.addAll(transformerCases());
    cases.add(
        new Case(
            "residual block",
            (sizes, x) -> ResidualBlock.apply("r", x, 2 * x.channels(), 1).value()));
    cases.add(new Case("attention", (sizes, x) -> AttentionBlock.apply("a", x, 1).value()));
    cases.add(new Case("down", (sizes, x) -> Resampling.down("d", x).value()));
    cases.add(new Case("up", (sizes, x) -> Resampling.up("u", x).value()));
    return cases;
  }

  /** A map of more positions than a product takes, and several whose groups leave a rest. */
  private static FeatureMap large(FeatureMap x) {
    FeatureMap wide = Convolution.apply("wide", x, 16, Window.square(1, 1, 0));
    FeatureMap larger = Resampling.up("a", wide);
    return Convolution.apply("c", larger, 130, Window.keeping(3, 5));
  }

  /** Channels and maps that Winograd's way is taken for, sides of any rest by 4. */
  private static FeatureMap deep(Sizes sizes, FeatureMap x) {
    int channels = 64 + sizes.random.nextInt(9);
    FeatureMap deep = Convolution.apply("deep", x, channels, Window.square(1, 1, 0));
    FeatureMap large = Resampling.up("b", Resampling.up("a", deep));
    FeatureMap uneven =
        Convolution.apply(
            "uneven", large, channels, Window.square(1 + sizes.random.nextInt(4), 1, 0));
    return Convolution.apply("c", uneven, 64 + sizes.random.nextInt(9), Window.keeping(3, 3));
  }

  /** The same with more tiles than are transformed, and than are multiplied, at once. */
  private static FeatureMap wide(FeatureMap x) {
    FeatureMap deep = Convolution.apply("deep", x, 64, Window.square(1, 1, 0));
    FeatureMap large = Resampling.up("b", Resampling.up("a", deep));
    return Convolution.apply("c", large, 130, Window.keeping(3, 3));
  }

  /** Maps serve as sequences: an image's positions one after the other. */
  private static List<Case> transformerCases() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
            "linear",
            (sizes, x) ->
                x.graph()
                    .apply(
                        new Affine(5),
                        x.rows(),
                        x.graph().parameter("w", Initializer.normal(1), 5, x.channels()))));
    cases.add(
        new Case(
            "affine to which rows are added",
            (sizes, x) ->
                x.graph()
                    .apply(
                        new Affine(x.channels()),
                        x.rows().mul(x.rows()),
                        x.graph().parameter("w", Initializer.normal(1), x.channels(), x.channels()),
                        x.rows())));
    cases.add(
        new Case(
            "root mean square normalization",
            (sizes, x) ->
                x.graph()
                    .apply(
                        new RmsNormalize(1e-5),
                        wider(x),
                        x.graph()
                            .parameter("w", Initializer.uniform(0.5, 1.5), 1 + x.channels()))));
    cases.add(
        new Case(
            "gate", (sizes, x) -> x.graph().apply(new SwiGlu(), x.rows(), x.rows().mul(x.rows()))));
    cases.add(new Case("log softmax", (sizes, x) -> x.graph().apply(new LogSoftmax(), wider(x))));
    cases.add(
        new Case(
            "cross-entropy",
            (sizes, x) -> {
              SDVariable logits = Linear.rows(x.graph(), "l", x.rows(), x.channels(), 7);
              int rows = x.batch() * x.area();
              return x.graph().apply(new CrossEntropy(7), logits, indices(sizes, x, rows, 7));
            }));
    cases.add(
        new Case(
            "dropout",
            (sizes, x) -> {
              int rows = x.batch() * x.area();
              Dropout operation = new Dropout(0.3, 5, rows, x.channels());
              return x.graph().apply(operation, x.rows(), indices(sizes, x, 1, Integer.MAX_VALUE));
            }));
    for (boolean causal : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "attend with heads, causal " + causal,
              (sizes, x) -> {
                int heads = 1 + sizes.random.nextInt(3);
                int headWidth = 2 + sizes.random.nextInt(5);
                SDVariable packed = packed(x, heads * headWidth);
                return x.graph().apply(new AttendHeads(x.area(), heads, headWidth, causal), packed);
              }));
      cases.add(
          new Case(
              "attend with heads in short sequences, causal " + causal,
              (sizes, x) -> {
                int length = 1 + sizes.random.nextInt(3);
                SDVariable packed = packed(x, length * 6).reshape(-1, 18);
                return x.graph().apply(new AttendHeads(length, 3, 2, causal), packed);
              }));
      cases.add(
          new Case(
              "attend with heads in three times as many sequences as positions, causal " + causal,
              (sizes, x) -> {
                int length = 1 + sizes.random.nextInt(3);
                int sequences = 3 * length;
                SDVariable packed =
                    Linear.rows(
                        x.graph(),
                        "packed",
                        x.value().mean(0, 1, 2).reshape(1, x.channels()),
                        x.channels(),
                        sequences * length * 18);
                return x.graph()
                    .apply(
                        new AttendHeads(length, 3, 2, causal),
                        packed.reshape((long) sequences * length, 18));
              }));
    }
    for (boolean all : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "rotate, all heads " + all,
              (sizes, x) -> {
                int headWidth = 2 + 2 * sizes.random.nextInt(3);
                SDVariable table =
                    x.graph().fixedParameter("table", Initializer.normal(1), x.area(), headWidth);
                Rotate operation = new Rotate(x.area(), 6, headWidth, all ? 6 : 4);
                return x.graph().apply(operation, packed(x, 2 * headWidth), table);
              }));
    }
    return cases;
  }

  /** Of one channel nothing is left once it is normalized. */
  private static SDVariable wider(FeatureMap x) {
    return Linear.rows(x.graph(), "wider", x.rows(), x.channels(), 1 + x.channels());
  }

  private static SDVariable packed(FeatureMap x, int width) {
    return Linear.rows(x.graph(), "packed", x.rows(), x.channels(), 3 * width);
  }

  private static SDVariable lookup(Sizes sizes, FeatureMap x) {
    int size = 5;
    SDVariable index = indices(sizes, x, 1 + sizes.random.nextInt(20), size);
    SDVariable table = x.graph().parameter("table", Initializer.normal(1), size, x.channels());
    return x.graph().apply(new Lookup(size), table, index).mul(x.value().mean());
  }

  /** Random integers, {@link Lookup#NONE} among them. */
  private static SDVariable indices(Sizes sizes, FeatureMap x, int count, int bound) {
    int[] indices = sizes.random.ints(count, Lookup.NONE, bound).toArray();
    SDVariable index = x.graph().integers("index", count);
    x.graph()
        .hostStep(
            "indices",
            (reads, writes) -> {
              for (int i = 0; i < count; i++) {
                writes[0].putScalar(i, indices[i]);
              }
            },
            List.of(x.value()),
            List.of(index));
    return index;
  }

  @TestFactory
  Stream<DynamicTest> everyOperation() {
    return cases().stream()
        .flatMap(
            each ->
                IntStream.range(0, SHAPES)
                    .boxed()
                    .flatMap(
                        shape ->
                            OTHERS.stream()
                                .map(
                                    executor ->
                                        DynamicTest.dynamicTest(
                                            each.name + ", shape " + shape + ", " + executor,
                                            () -> compare(each, shape, executor)))));
  }

  /** Caches have a test of their own, since a run of theirs depends on those before. */
  @Test
  void noOperation_isForgotten() throws Exception {
    Set<String> compared = new TreeSet<>(Set.of("AttendCache", "WriteCache"));
    for (Case each : cases()) {
      Graph graph = new Graph();
      Sizes sizes = Sizes.draw(0);
      SDVariable y = each.definition.of(sizes, sizes.input(graph));
      Program.forward(graph, y)
          .schedule(operation -> compared.add(operation.getClass().getSimpleName()));
    }
    Path operations = Path.of(Upsample.class.getResource("Upsample.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(operations)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".class", "")))
          .filteredOn(name -> Operation.class.isAssignableFrom(named(name)))
          .containsExactlyInAnyOrderElementsOf(compared);
    }
  }

  private static Class<?> named(String operation) {
    try {
      return Class.forName(Upsample.class.getPackageName() + "." + operation);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static void compare(Case each, int shape, String executor) {
    Results expected = run(each, shape, REFERENCE);
    Results found = run(each, shape, executor);
    assertClose("value", found.value, expected.value);
    assertClose("value of inference", found.inferred, expected.value);
    assertClose("gradient of x", found.inputGradient, expected.inputGradient);
    assertClose("gradients of parameters", found.gradients, expected.gradients);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Results(
      float[] value, float[] inferred, float[] inputGradient, float[] gradients) {}

  private static Results run(Case each, int shape, String executor) {
    Sizes sizes = Sizes.draw(shape);
    Graph graph = new Graph();
    FeatureMap x = sizes.input(graph);
    SDVariable y = each.definition.of(sizes, x);
    // Neither the sum, whose gradient is the same everywhere, nor the squares, which normalization
    // may keep as they are.
    SDVariable loss = y.mul(y).mul(y).sum();
    float[] values = new float[sizes.batch * sizes.height * sizes.width * sizes.channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) sizes.random.nextGaussian();
    }
    Executor chosen = Executors.named(executor);
    // Open throughout, since the constants go with the last execution.
    try (Parameters parameters = Parameters.initialize(graph, 7);
        Execution inference = chosen.compile(Program.inference(graph, y), parameters)) {
      float[] gradients = new float[0];
      float[] value;
      if (!parameters.names().isEmpty()) {
        try (Execution training = chosen.compile(Program.training(graph, loss, y), parameters)) {
          training.set(x.value(), values);
          training.run();
          float[] first = gradients(parameters);
          training.run();
          gradients = gradients(parameters);
          assertThat(gradients).as("what a run leaves behind shows in the next").isEqualTo(first);
        }
      }
      try (Execution backward =
          chosen.compile(Program.inputGradient(graph, loss, x.value(), y), parameters)) {
        backward.set(x.value(), values);
        backward.run();
        value = backward.floats(y);
        return new Results(
            value,
            inferred(inference, x.value(), values, y),
            backward.gradient(x.value()),
            gradients);
      }
    }
  }

  private static float[] gradients(Parameters parameters) {
    try (INDArray copy = parameters.gradients().dup()) {
      return copy.data().asFloat();
    }
  }

  private static float[] inferred(Execution inference, SDVariable x, float[] values, SDVariable y) {
    inference.set(x, values);
    inference.run();
    inference.run();
    return inference.floats(y);
  }

  private static void assertClose(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(norm).as(what).isFinite();
    assertThat(Math.sqrt(difference)).as(what).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
  }
}
