package dev.vernier.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Operation;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("numerics")
class Nd4jExecutionTest {
  /** A product of two arrays. */
  private record Product() implements Operation {
    @Override
    public String name() {
      return "product";
    }

    @Override
    public long[] outputShape(List<long[]> inputs) {
      return inputs.get(0);
    }

    @Override
    public SDVariable compose(SDVariable... inputs) {
      return inputs[0].mul(inputs[1]);
    }
  }

  /** A kernel for it that keeps account of the gradients it is asked for. */
  private static class ProductKernels implements Kernels {
    private final List<List<Boolean>> asked = new ArrayList<>();
    private int closed;
    private int released;

    @Override
    public void close() {
      released++;
    }

    @Override
    public boolean has(Operation operation) {
      return operation instanceof Product;
    }

    @Override
    public Kernel forward(
        Operation operation, INDArray[] inputs, boolean[] constant, INDArray output) {
      return () -> output.assign(inputs[0].mul(inputs[1]));
    }

    @Override
    public Kernel backward(
        Operation operation,
        INDArray[] inputs,
        boolean[] constant,
        INDArray output,
        INDArray outputGradient,
        INDArray[] gradients) {
      asked.add(Arrays.stream(gradients).map(each -> each != null).toList());
      return new Kernel() {
        @Override
        public void run() {
          gradients[0].assign(outputGradient.mul(inputs[1]));
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  @Test
  void gradientsOfConstants_areNotAskedFor_andKernelsAreClosed() {
    ProductKernels kernels = new ProductKernels();
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 3);
    SDVariable weight = graph.frozen("weight", Nd4j.createFromArray(1f, 2f, 3f));
    SDVariable y = graph.apply(new Product(), x, weight);
    Program program = Program.inputGradient(graph, y.sum("sum"), x);
    try (Parameters none = Parameters.initialize(graph, 7);
        Execution execution = new Nd4jExecution(program, none, kernels)) {
      execution.run();
      assertThat(kernels.asked).containsExactly(List.of(true, false));
      assertThat(execution.gradient(x)).containsExactly(1, 2, 3);
    }
    assertThat(kernels.closed).isEqualTo(1);
    assertThat(kernels.released).isEqualTo(1);
  }

  @Test
  void arraysShareMemory_whenTheirLivesDoNotOverlap() {
    int length = 1000;
    Graph graph = new Graph();
    SDVariable h = graph.input("x", length);
    for (int i = 0; i < 10; i++) {
      h = h.mul(2).add(1);
    }
    try (Parameters none = Parameters.initialize(graph, 7);
        Execution execution =
            new Nd4jExecution(Program.forward(graph, h.mean("mean")), none, Kernels.NONE)) {
      assertThat(execution.workingBytes()).isLessThan(4L * 4 * length);
    }
  }

  @Test
  void reductionsAlongAxesOfLengthOne_giveTheValuesBack() {
    Graph column = new Graph();
    SDVariable x = column.input("x", 3, 1);
    SDVariable sum = x.mul(2).sum(1);
    SDVariable mean = x.mul(3).mean(true, 1);
    SDVariable total = sum.mul(sum).sum();
    Program program = Program.inputGradient(column, total, x, sum, mean);
    try (Parameters none = Parameters.initialize(column, 1);
        Execution execution = new Nd4jExecution(program, none, Kernels.NONE)) {
      execution.set(x, new float[] {1, 2, 3});
      execution.run();
      assertThat(execution.floats(sum)).containsExactly(2, 4, 6);
      try (INDArray means = execution.read(mean)) {
        assertThat(means.shape()).containsExactly(3, 1);
      }
      assertThat(execution.floats(mean)).containsExactly(3, 6, 9);
      assertThat(execution.gradient(x)).containsExactly(8, 16, 24);
    }
  }

  @Test
  void whatAHostStepWorksWith_isClosedWithTheLastExecution() {
    List<String> closed = new ArrayList<>();
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 3);
    graph.own(() -> closed.add("scratch"));
    Program program = Program.forward(graph, x.mul(2));
    try (Parameters none = Parameters.initialize(graph, 7)) {
      try (Execution one = new Nd4jExecution(program, none, Kernels.NONE)) {
        one.run();
        new Nd4jExecution(program, none, Kernels.NONE).close();
        assertThat(closed).isEmpty();
      }
      assertThat(closed).containsExactly("scratch");
      new Nd4jExecution(program, none, Kernels.NONE).close();
      assertThat(closed).containsExactly("scratch", "scratch");
    }
  }

  @Test
  void hostStep_readsParametersAsTheyAreWhenItRuns() {
    Graph reading = new Graph();
    SDVariable x = reading.input("x", 2);
    SDVariable weight = reading.parameter("weight", Initializer.constant(3), 2);
    SDVariable fixed = reading.fixedParameter("fixed", Initializer.constant(5), 2);
    SDVariable back = reading.input("back", 2);
    reading.hostStep(
        "sum",
        (reads, writes) -> {
          writes[0].assign(reads[0]);
          writes[0].addi(reads[1]).addi(reads[2]);
        },
        List.of(x.mul(2), weight, fixed),
        List.of(back));
    SDVariable loss = back.mul(x).mul(weight).sum();
    try (Parameters parameters = Parameters.initialize(reading, 7);
        Execution execution =
            new Nd4jExecution(Program.training(reading, loss, back), parameters, Kernels.NONE)) {
      execution.set(x, new float[] {1, 2});
      execution.run();
      assertThat(execution.floats(back)).containsExactly(10, 12);
      assertThat(parameters.gradient("weight").toFloatVector()).containsExactly(10, 24);
      parameters.get("weight").assign(4);
      execution.run();
      assertThat(execution.floats(back)).containsExactly(11, 13);
    }
  }

  @Test
  void intermediateResults_cannotBeRead() {
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 2);
    SDVariable between = x.mul(3);
    SDVariable y = between.add(1);
    try (Parameters parameters = Parameters.initialize(graph, 0);
        Execution execution =
            new Nd4jExecution(Program.forward(graph, y), parameters, new ProductKernels())) {
      execution.set(x, new float[] {1, 2});
      execution.run();
      assertThat(execution.floats(y)).containsExactly(4, 7);
      assertThat(execution.floats(x)).containsExactly(1, 2);
      assertThatThrownBy(() -> execution.floats(between))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("neither input nor output");
    }
  }

  @Test
  void constants_liveAsLongAsAnythingCompiledFromTheirGraph() {
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 3);
    SDVariable weight = graph.frozen("weight", Nd4j.createFromArray(1f, 2f, 3f));
    SDVariable loss = x.mul(weight).sum("sum");
    try (Parameters none = Parameters.initialize(graph, 7)) {
      Execution first = new Nd4jExecution(Program.forward(graph, loss), none, Kernels.NONE);
      try (Execution second =
          new Nd4jExecution(Program.inputGradient(graph, loss, x), none, Kernels.NONE)) {
        first.close();
        second.run();
        assertThat(second.gradient(x)).containsExactly(1, 2, 3);
      }
      assertThat(weight.getArr().wasClosed()).isTrue();
      Program another = Program.forward(graph, loss);
      assertThatThrownBy(() -> new Nd4jExecution(another, none, Kernels.NONE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("released");
    }
  }

  @Test
  void whatIsLaidOut_isClosedWhereAKernelCannotBeMade() {
    ProductKernels kernels =
        new ProductKernels() {
          @Override
          public Kernel forward(
              Operation operation, INDArray[] inputs, boolean[] constant, INDArray output) {
            throw new IllegalArgumentException("no such product");
          }
        };
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 3);
    SDVariable weight = graph.frozen("weight", Nd4j.createFromArray(1f, 2f, 3f));
    SDVariable y = graph.apply(new Product(), x, weight);
    Program good = Program.forward(graph, weight.add(1));
    Program bad = Program.forward(graph, y);
    try (Parameters none = Parameters.initialize(graph, 7)) {
      assertThatThrownBy(() -> Nd4jExecution.all(List.of(good, bad), none, () -> kernels))
          .hasMessage("no such product");
      assertThat(weight.getArr().wasClosed()).isTrue();
    }
  }
}
