package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.LogSoftmax;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

class ProgramTest {
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void whatIsLaidIntoTheGraphAfterwards_changesNothing(String executor) {
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 1, 3);
    SDVariable y = x.mul(graph.parameter("w", Initializer.constant(2), 1, 3));
    Program program = Program.forward(graph, y);
    int units = program.schedule(operation -> true).size();

    SDVariable later = graph.input("later", 1, 3);
    graph.apply(new LogSoftmax(), later.mul(graph.parameter("v", Initializer.constant(3), 1, 3)));
    graph.carry(x, y);
    assertThat(program.inputs()).containsOnlyKeys("x");
    assertThat(program.parameters()).containsExactly("w");
    assertThat(program.carried()).isEmpty();
    assertThat(program.schedule(operation -> true)).hasSize(units);

    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution execution = Executors.named(executor).compile(program, parameters)) {
      execution.set(x, new float[] {1, 2, 3});
      execution.run();
      execution.run();
      assertThat(execution.floats(y)).containsExactly(2, 4, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void variablesOfAnotherGraph_areRefused(String executor) {
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 3);
    SDVariable y = x.mul("y", 2);
    SDVariable foreign = new Graph().input("x", 3);
    try (Parameters none = Parameters.initialize(graph, 1);
        Execution execution = Executors.named(executor).compile(Program.forward(graph, y), none)) {
      assertThatThrownBy(() -> execution.set(foreign, new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("x belongs to another graph than this program's");
      assertThatThrownBy(() -> execution.floats(foreign))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> execution.set(y, new float[3]))
          .hasMessage("y is not an input of this program, which has [x]");
      assertThatThrownBy(() -> execution.set(x, new float[2]))
          .hasMessage("a value of shape [2] does not fit input x of shape [3]");
    }
  }

  @Test
  void namesMeanOneThing() {
    Graph graph = new Graph();
    graph.input("x", 3);
    graph.parameter("w", Initializer.constant(1), 2, 3);
    assertThatThrownBy(() -> graph.integers("x", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the graph has a variable x already");
    assertThatThrownBy(() -> graph.parameter("w", Initializer.constant(1), 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter w is shared, and cannot have the shapes [2, 3] and [3, 2]");
    Graph other = new Graph();
    other.parameter("w", Initializer.constant(1), 3, 2);
    assertThatThrownBy(() -> Parameters.initialize(List.of(graph, other), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot have the shapes [2, 3] and [3, 2]");
  }
}
