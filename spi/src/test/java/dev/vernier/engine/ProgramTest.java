package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.LogSoftmax;
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
}
