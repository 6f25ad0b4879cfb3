package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.factory.Nd4j;

/**
 * LeCAM regularization (Tseng et al. 2021) as Open-MAGVIT2 uses it: logits of real images may not
 * exceed the running mean of the fake ones, nor that of the real ones those of fake images.
 */
final class LeCam implements AutoCloseable {
  private static final double DECAY = 0.999;

  private final INDArray real = Nd4j.zeros(DataType.FLOAT, 1);
  private final INDArray fake = Nd4j.zeros(DataType.FLOAT, 1);

  /**
   * Lays the term into the discriminator's graph.
   *
   * @return with the means as they will be after a step
   */
  Term term(Graph graph, SDVariable realLogits, SDVariable fakeLogits) {
    SDVariable realBefore = graph.input("lecam.real", 1);
    SDVariable fakeBefore = graph.input("lecam.fake", 1);
    SDVariable nextReal = next(graph, realBefore, realLogits);
    SDVariable nextFake = next(graph, fakeBefore, fakeLogits);
    SDVariable above = AdversarialLoss.relu(realLogits.sub(nextFake.reshape(1, 1, 1, 1)));
    SDVariable below = AdversarialLoss.relu(fakeLogits.neg().add(nextReal.reshape(1, 1, 1, 1)));
    SDVariable value = above.mul(above).mean().add(below.mul(below).mean());
    return new Term(this, value, realBefore, fakeBefore, nextReal, nextFake);
  }

  private static SDVariable next(Graph graph, SDVariable before, SDVariable logits) {
    SDVariable mean = new StopGradient(graph.sameDiff(), logits.mean().reshape(1)).outputVariable();
    return before.mul(DECAY).add(mean.mul(1 - DECAY));
  }

  /**
   * The term in a graph.
   *
   * @param means what it reads and moves
   * @param value a scalar
   * @param realBefore the input that takes the mean of the real logits
   * @param fakeBefore that of the fake ones
   * @param nextReal the mean after this step
   * @param nextFake that of the fake ones
   */
  record Term(
      LeCam means,
      SDVariable value,
      SDVariable realBefore,
      SDVariable fakeBefore,
      SDVariable nextReal,
      SDVariable nextFake) {
    /** What a program must compute for {@link #after}. */
    Stream<SDVariable> outputs() {
      return Stream.of(nextReal, nextFake);
    }

    void before(Execution execution) {
      execution.set(realBefore, means.real);
      execution.set(fakeBefore, means.fake);
    }

    void after(Execution execution) {
      Floats.of(means.real).write(0, execution.floats(nextReal), 1);
      Floats.of(means.fake).write(0, execution.floats(nextFake), 1);
    }
  }

  INDArray real() {
    return real;
  }

  INDArray fake() {
    return fake;
  }

  @Override
  public void close() {
    real.close();
    fake.close();
  }
}
