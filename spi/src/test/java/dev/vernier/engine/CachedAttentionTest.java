package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.AttendCache;
import dev.vernier.engine.program.operations.AttendHeads;
import dev.vernier.engine.program.operations.WriteCache;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One position at a time against a cache gives what all positions at once give, on every executor,
 * over shapes drawn at random.
 */
@Tag("numerics")
class CachedAttentionTest {
  private record Sizes(int sequences, int length, int heads, int headWidth) {
    static Sizes draw(Random random) {
      return new Sizes(
          1 + random.nextInt(4),
          1 + random.nextInt(70),
          1 + random.nextInt(4),
          1 + random.nextInt(9));
    }

    int width() {
      return heads * headWidth;
    }

    /** The numbers of one position of all sequences. */
    float[] at(float[] rows, int position, int width) {
      float[] result = new float[sequences * width];
      for (int s = 0; s < sequences; s++) {
        System.arraycopy(rows, (s * length + position) * width, result, s * width, width);
      }
      return result;
    }
  }

  static Stream<Arguments> shapes() {
    Random random = new Random(5);
    Stream<Sizes> drawn = Stream.generate(() -> Sizes.draw(random)).limit(4);
    return Stream.concat(Stream.of(new Sizes(1, 1, 1, 4), new Sizes(3, 70, 2, 6)), drawn)
        .flatMap(
            sizes -> Stream.of("nd4j", "onednn").map(executor -> Arguments.of(executor, sizes)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void equalsAttentionToThePast_twiceOver(String executor, Sizes sizes) {
    float[] packed = new float[sizes.sequences * sizes.length * 3 * sizes.width()];
    Random random = new Random(5);
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) random.nextGaussian();
    }
    float[] expected = atOnce(sizes, packed);
    int heads = sizes.heads;
    int length = sizes.length;

    Graph graph = new Graph();
    SDVariable row = graph.input("row", sizes.sequences, 3L * sizes.width());
    SDVariable cache =
        graph.input("cache", 2, (long) sizes.sequences * heads, length, sizes.headWidth);
    SDVariable position = graph.integers("position", 1);
    SDVariable written =
        graph.apply(
            new WriteCache(sizes.sequences, length, heads, sizes.headWidth), cache, row, position);
    graph.carry(cache, written);
    SDVariable y =
        graph.apply(
            new AttendCache(sizes.sequences, length, heads, sizes.headWidth),
            row,
            written,
            position);
    try (Parameters parameters = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.named(executor).compile(Program.forward(graph, y), parameters)) {
      for (int pass = 0; pass < 2; pass++) {
        for (int t = 0; t < length; t++) {
          execution.set(row, sizes.at(packed, t, 3 * sizes.width()));
          execution.set(position, new int[] {t});
          execution.run();
          assertThat(execution.floats(y))
              .as("position " + t)
              .containsExactly(sizes.at(expected, t, sizes.width()), within(2e-6f));
        }
      }
    }
  }

  private static float[] atOnce(Sizes sizes, float[] packed) {
    Graph graph = new Graph();
    SDVariable rows =
        graph.input("rows", (long) sizes.sequences * sizes.length, 3L * sizes.width());
    SDVariable y =
        graph.apply(new AttendHeads(sizes.length, sizes.heads, sizes.headWidth, true), rows);
    try (Parameters parameters = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.named("nd4j").compile(Program.forward(graph, y), parameters)) {
      execution.set(rows, packed);
      execution.run();
      return execution.floats(y);
    }
  }
}
