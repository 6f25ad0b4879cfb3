package dev.vernier.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

class LeCamTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  private static double squared(double excess) {
    return Math.pow(Math.max(0, excess), 2);
  }

  /**
   * As {@code lecam_reg} of Open-MAGVIT2, whose means move before they are compared: relu(real -
   * mean of fake)^2 and relu(mean of real - fake)^2, each averaged.
   */
  @Test
  void term_andMeans_areTheReferences() {
    Graph graph = new Graph();
    SDVariable real = graph.input("real", 2, 1, 1, 1);
    SDVariable fake = graph.input("fake", 2, 1, 1, 1);
    try (LeCam leCam = new LeCam();
        Parameters none = Parameters.initialize(graph, 0)) {
      LeCam.Term term = leCam.term(graph, real, fake);
      SDVariable[] outputs = term.outputs().toArray(SDVariable[]::new);
      try (Execution execution =
          Executors.chosen()
              .compile(Program.inputGradient(graph, term.value(), real, outputs), none)) {
        double meanOfReal = 0;
        double meanOfFake = 0;
        for (int step = 0; step < 2; step++) {
          execution.set(real, new float[] {2, -1});
          execution.set(fake, new float[] {0.5f, -3});
          term.before(execution);
          execution.run();
          term.after(execution);
          meanOfReal = 0.999 * meanOfReal + 0.001 * 0.5;
          meanOfFake = 0.999 * meanOfFake + 0.001 * -1.25;
          double above = (squared(2 - meanOfFake) + squared(-1 - meanOfFake)) / 2;
          double below = (squared(meanOfReal - 0.5) + squared(meanOfReal + 3)) / 2;
          assertThat(execution.number(term.value())).isCloseTo(above + below, ROUNDING);
          float[] gradient = execution.gradient(real);
          assertThat((double) gradient[0]).isCloseTo(2 - meanOfFake, ROUNDING);
          assertThat(gradient[1]).isZero();
          assertThat(leCam.real().getDouble(0)).isCloseTo(meanOfReal, ROUNDING);
          assertThat(leCam.fake().getDouble(0)).isCloseTo(meanOfFake, ROUNDING);
        }
      }
    }
  }
}
