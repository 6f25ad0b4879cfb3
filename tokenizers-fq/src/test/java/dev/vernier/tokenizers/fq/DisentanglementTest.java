package dev.vernier.tokenizers.fq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

class DisentanglementTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

  /** The term of two codes, and its gradient with respect to the first. */
  private static double[] termAndGradient(float[] first, float[] second) {
    Graph graph = new Graph();
    SDVariable one = graph.input("one", 1, first.length);
    SDVariable other = graph.input("other", 1, second.length);
    SDVariable term = Disentanglement.of(List.of(one, other));
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, term, one), none)) {
      execution.set(one, first);
      execution.set(other, second);
      execution.run();
      float[] gradient = execution.gradient(one);
      return new double[] {execution.number(term), gradient[0], gradient[1]};
    }
  }

  @Test
  void term_isTheSquaredCosine() {
    // cos^2 of 45 degrees; its gradient is 2 cos (other / (|one| |other|) - cos one / |one|^2).
    assertThat(termAndGradient(new float[] {2, 0}, new float[] {3, 3}))
        .containsExactly(new double[] {0.5, 0, 0.5}, ROUNDING);
  }

  /** Codes begin within 1 / K, where they are not normalized. */
  @Test
  void shortCodes_haveTheCosineOfLongOnes() {
    double[] term = termAndGradient(new float[] {2e-5f, 0}, new float[] {3e-5f, 3e-5f});
    assertThat(term[0]).isCloseTo(0.5, ROUNDING);
    assertThat(term[2] * 1e-5).isCloseTo(0.5, Offset.offset(1e-3));
  }

  @Test
  void codesOfZero_leaveFiniteGradients() {
    float[] zero = new float[2];
    assertThat(termAndGradient(zero, zero)).containsExactly(new double[3], ROUNDING);
    assertThat(termAndGradient(zero, new float[] {1, 0})).containsExactly(new double[3], ROUNDING);
    assertThat(termAndGradient(new float[] {1, 0}, zero)).containsExactly(new double[3], ROUNDING);
  }
}
