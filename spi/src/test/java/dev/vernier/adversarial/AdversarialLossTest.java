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

class AdversarialLossTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  /** Two images of two patches each. */
  private static final float[] FAKE = {1, -3, 2, 0.5f};

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  /** As PyTorch's, which is finite for every finite logit. */
  @Test
  void largeLogits_haveAFiniteLoss() {
    Graph graph = new Graph();
    SDVariable fake = graph.input("fake", 4, 1, 1, 1);
    SDVariable generator = AdversarialLoss.NON_SATURATING.generator(fake);
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, generator, fake), none)) {
      execution.set(fake, new float[] {-1000, 1000, 0, 20});
      execution.run();
      double small = Math.log1p(Math.exp(-20));
      assertThat(execution.number(generator))
          .isCloseTo((1000 + 0 + Math.log(2) + small) / 4, Offset.offset(1e-4));
      float[] gradient = execution.gradient(fake);
      assertThat(gradient[0]).isEqualTo(-0.25f);
      assertThat(gradient[1]).isZero();
      assertThat((double) gradient[2]).isCloseTo(-0.125, ROUNDING);
      assertThat((double) gradient[3]).isCloseTo(-0.25 * Math.exp(-20), Offset.offset(1e-12));
    }
  }

  @Test
  void openMagvit_hasHingeForTheDiscriminator_andAnImagesMeanLogitForTheGenerator() {
    Graph graph = new Graph();
    SDVariable real = graph.input("real", 2, 1, 2, 1);
    SDVariable fake = graph.input("fake", 2, 1, 2, 1);
    AdversarialLoss loss = AdversarialLoss.HINGE_NON_SATURATING;
    SDVariable generator = loss.generator(fake);
    SDVariable discriminator = loss.discriminator(real, fake);
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen()
                .compile(Program.inputGradient(graph, generator, fake, discriminator), none)) {
      execution.set(real, new float[] {2, 0, -1, 0.5f});
      execution.set(fake, FAKE);
      execution.run();
      double first = softplus(1);
      double second = softplus(-1.25);
      assertThat(execution.number(generator)).isCloseTo((first + second) / 2, ROUNDING);
      double hinge = ((0 + 1 + 2 + 0.5) / 4 + (2 + 0 + 3 + 1.5) / 4) / 2;
      assertThat(execution.number(discriminator)).isCloseTo(hinge, ROUNDING);
      float[] gradient = execution.gradient(fake);
      double shareOfFirst = -1 / (1 + Math.exp(-1)) / 4;
      assertThat((double) gradient[0]).isCloseTo(shareOfFirst, ROUNDING);
      assertThat(gradient[1]).isEqualTo(gradient[0]);
    }
  }
}
