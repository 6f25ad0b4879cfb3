package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.LogSoftmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Gradients that are worked out by hand, of graphs with forks, dead ends and several losses. */
class DerivedGradientTest {
  private static final float[] X = {1, -2, 3};

  private final Graph graph = new Graph();
  private final SDVariable x = graph.input("x", 3);

  private float[] gradient(String executor, Program program) {
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution = Executors.named(executor).compile(program, none)) {
      execution.set(x, X);
      execution.run();
      return execution.gradient(x);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void everyReader_contributesOnce(String executor) {
    SDVariable square = x.mul(x);
    SDVariable loss = square.add(square.mul(x)).add(x.mul(3)).sum();
    assertThat(gradient(executor, Program.inputGradient(graph, loss, x)))
        .containsExactly(1 * 2 + 3 + 3, -2 * 2 + 12 + 3, 3 * 2 + 27 + 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void readersThatDoNotReachTheLoss_contributeNothing(String executor) {
    SDVariable loss = x.mul(2).sum();
    graph.apply(new LogSoftmax(), x.mul(x).reshape(1, 3));
    SDVariable rounded = x.castTo(DataType.INT32);
    rounded.add(1);
    assertThat(gradient(executor, Program.inputGradient(graph, loss, x))).containsExactly(2, 2, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void outputsThatNobodyReads_haveTheGradientZero(String executor) {
    SDVariable[] entries = graph.sameDiff().unstack(x, 0, 3);
    SDVariable loss = entries[1].mul(entries[2]);
    assertThat(gradient(executor, Program.inputGradient(graph, loss, x))).containsExactly(0, 3, -2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void lossesOfOneGraph_haveGradientsOfTheirOwn(String executor) {
    SDVariable square = x.mul(x);
    Program first = Program.inputGradient(graph, square.sum(), x);
    assertThat(gradient(executor, first)).containsExactly(2, -4, 6);
    Program second = Program.inputGradient(graph, square.mul(5).sum(), x);
    assertThat(gradient(executor, second)).containsExactly(10, -20, 30);
    assertThat(gradient(executor, first)).containsExactly(2, -4, 6);
  }

  /** Both have operations of the graph in common. */
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void forwardProgram_runsBesideTheGradientAndAfterIt(String executor) {
    SDVariable positive = x.gt(0).castTo(DataType.FLOAT);
    SDVariable loss = x.mul(positive).mul(2).add(x.mean()).sum();
    Executor chosen = Executors.named(executor);
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution forward = chosen.compile(Program.forward(graph, loss), none)) {
      try (Execution both = chosen.compile(Program.inputGradient(graph, loss, x), none)) {
        both.set(x, X);
        both.run();
        assertThat(both.gradient(x)).containsExactly(3, 1, 3);
      }
      forward.set(x, X);
      forward.run();
      assertThat(forward.number(loss)).isEqualTo(10);
    }
  }

  @Test
  void lossThatDoesNotDependOnTheInput_isRefused() {
    SDVariable other = graph.input("other", 3);
    SDVariable loss = other.mul(2).sum("loss");
    assertThatThrownBy(() -> Program.inputGradient(graph, loss, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss does not depend on x");
  }
}
