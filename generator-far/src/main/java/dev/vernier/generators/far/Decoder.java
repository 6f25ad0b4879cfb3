package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.Lookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The transformer one position at a time. Keys and values of the past are cached, in the trunk over
 * positions and in the head over sub-tokens, so nothing is computed twice: the trunk runs once a
 * position, each step of the head once.
 */
final class Decoder implements AutoCloseable {
  /** Prefix of the trunk's blocks. */
  static final String TRUNK = "layers.";

  private final FarShape shape;
  private final int sequences;
  private final float[] table;
  private final Trunk trunk;
  private final List<Head.Step> steps;
  private final List<Program> programs = new ArrayList<>();
  private final Execution trunkRun;
  private final List<Execution> headRuns;

  /**
   * Compiles it.
   *
   * @param sequences S, those of all branches of guidance together
   * @param parameters must outlive this, and stay as they are
   */
  Decoder(FarShape shape, Head head, int sequences, Parameters parameters) {
    this.shape = shape;
    this.sequences = sequences;
    this.table = RotaryTable.of(shape);
    this.steps = head.steps(shape, sequences);
    this.trunk = Trunk.lay(shape, sequences);
    programs.add(Program.inference(trunk.graph()));
    for (Head.Step step : steps) {
      programs.add(Program.inference(step.graph(), step.logits().toArray(SDVariable[]::new)));
    }
    List<Execution> executions = Executors.chosen().compile(programs, parameters);
    this.trunkRun = executions.get(0);
    this.headRuns = executions.subList(1, executions.size());
  }

  /**
   * Runs the trunk at the first position.
   *
   * @param labels class of each sequence, or {@link FarShape#nullClass}
   */
  void begin(int[] labels) {
    int[] none = new int[sequences];
    Arrays.fill(none, Lookup.NONE);
    trunkRun.set(trunk.classes(), labels);
    trunk.before().forEach(each -> trunkRun.set(each, none));
    run(0);
    // Set for all further positions at once.
    trunkRun.set(trunk.classes(), none);
  }

  /**
   * Runs the trunk at a further position.
   *
   * @param position from 1
   * @param before the token before it, by sub-codebook and sequence
   */
  void advance(int position, int[][] before) {
    for (int j = 0; j < shape.subTokens(); j++) {
      trunkRun.set(trunk.before().get(j), before[j]);
    }
    run(position);
  }

  private void run(int position) {
    int headWidth = shape.headWidth();
    trunkRun.set(trunk.position(), new int[] {position});
    trunkRun.set(
        trunk.tableRow(),
        Arrays.copyOfRange(table, position * headWidth, (position + 1) * headWidth));
    trunkRun.run();
  }

  /** The trunk's output at this position, {@code [S, w]}. */
  float[] context() {
    return trunkRun.floats(trunk.context());
  }

  /**
   * Draws the sub-tokens of this position one after the other.
   *
   * @param draw given logits {@code [S, K]} and the number of a sub-codebook, a sub-token of each
   *     sequence
   * @return by sub-codebook and sequence
   */
  int[][] subTokens(Draw draw) {
    int[][] drawn = new int[shape.subTokens()][];
    for (int i = 0; i < steps.size(); i++) {
      Head.Step step = steps.get(i);
      Execution execution = headRuns.get(i);
      step.drawn().ifPresent(last -> execution.set(last, drawn[step.first() - 1]));
      execution.run();
      for (int j = 0; j < step.logits().size(); j++) {
        int subCodebook = step.first() + j;
        drawn[subCodebook] = draw.of(subCodebook, execution.floats(step.logits().get(j)));
      }
    }
    return drawn;
  }

  /** Bytes that caches take; those that several programs share count once. */
  long cacheBytes() {
    Map<String, Long> caches = new HashMap<>();
    for (Program program : programs) {
      program
          .inputs()
          .forEach(
              (name, sides) -> {
                if (name.startsWith(Blocks.CACHE)) {
                  caches.put(name, Float.BYTES * Arrays.stream(sides).reduce(1, (a, b) -> a * b));
                }
              });
    }
    return caches.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    trunkRun.close();
    headRuns.forEach(Execution::close);
  }

  /** Draws one sub-token a sequence. */
  @FunctionalInterface
  interface Draw {
    int[] of(int subCodebook, float[] logits);
  }

  /**
   * The trunk at one position.
   *
   * @param graph of its program
   * @param classes of each sequence, at the first position alone
   * @param before the sub-tokens before, by sub-codebook
   * @param position counted from 0
   * @param tableRow the position's row of the rotary table
   * @param context where its output is left for the head
   */
  private record Trunk(
      Graph graph,
      SDVariable classes,
      List<SDVariable> before,
      SDVariable position,
      SDVariable tableRow,
      SDVariable context) {
    static Trunk lay(FarShape shape, int sequences) {
      Graph graph = new Graph();
      List<SDVariable> before = new ArrayList<>();
      for (int j = 0; j < shape.subTokens(); j++) {
        before.add(graph.integers("before" + j, sequences));
      }
      SDVariable classes = graph.integers("classes", sequences);
      SDVariable x = new Embedding(graph, shape).rows(classes, before);
      Blocks blocks = new Blocks(graph, shape);
      SDVariable position = graph.integers("position", 1);
      SDVariable tableRow = graph.input("table", 1, shape.headWidth());
      Blocks.Past past = new Blocks.Past(sequences, shape.positions(), position, tableRow);
      for (int i = 0; i < shape.layers(); i++) {
        x = blocks.at(TRUNK + i, x, past);
      }
      SDVariable context = graph.input(Head.CONTEXT, sequences, shape.width());
      graph.carry(context, x);
      return new Trunk(graph, classes, before, position, tableRow, context);
    }
  }
}
