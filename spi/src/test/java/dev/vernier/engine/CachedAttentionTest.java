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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** One position at a time against a cache gives what all positions at once give. */
@Tag("numerics")
class CachedAttentionTest {
  private static final int SEQUENCES = 3;
  private static final int LENGTH = 70;
  private static final int HEADS = 2;
  private static final int HEAD_WIDTH = 6;
  private static final int WIDTH = HEADS * HEAD_WIDTH;

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void equalsAttentionToThePast_twiceOver(String executor) {
    float[] packed = new float[SEQUENCES * LENGTH * 3 * WIDTH];
    Random random = new Random(5);
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) random.nextGaussian();
    }
    float[] expected = atOnce(executor, packed);

    Graph graph = new Graph();
    SDVariable row = graph.input("row", SEQUENCES, 3L * WIDTH);
    SDVariable cache = graph.input("cache", 2, SEQUENCES * HEADS, LENGTH, HEAD_WIDTH);
    SDVariable position = graph.integers("position", 1);
    SDVariable written =
        graph.apply(new WriteCache(SEQUENCES, LENGTH, HEADS, HEAD_WIDTH), cache, row, position);
    graph.carry(cache, written);
    SDVariable y =
        graph.apply(new AttendCache(SEQUENCES, LENGTH, HEADS, HEAD_WIDTH), row, written, position);
    try (Parameters parameters = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.named(executor).compile(Program.forward(graph, y), parameters)) {
      for (int pass = 0; pass < 2; pass++) {
        for (int t = 0; t < LENGTH; t++) {
          execution.set("row", at(packed, t, 3 * WIDTH));
          execution.set("position", new int[] {t});
          execution.run();
          assertThat(execution.floats(y))
              .as("position " + t)
              .containsExactly(at(expected, t, WIDTH), within(2e-6f));
        }
      }
    }
  }

  private static float[] atOnce(String executor, float[] packed) {
    Graph graph = new Graph();
    SDVariable rows = graph.input("rows", (long) SEQUENCES * LENGTH, 3L * WIDTH);
    SDVariable y = graph.apply(new AttendHeads(LENGTH, HEADS, HEAD_WIDTH, true), rows);
    try (Parameters parameters = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.named(executor).compile(Program.forward(graph, y), parameters)) {
      execution.set("rows", packed);
      execution.run();
      return execution.floats(y);
    }
  }

  /** The numbers of one position of all sequences. */
  private static float[] at(float[] rows, int position, int width) {
    float[] result = new float[SEQUENCES * width];
    for (int s = 0; s < SEQUENCES; s++) {
      System.arraycopy(rows, (s * LENGTH + position) * width, result, s * width, width);
    }
    return result;
  }
}
