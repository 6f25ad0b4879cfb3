package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
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
  private SDVariable realBefore;
  private SDVariable fakeBefore;
  private SDVariable nextReal;
  private SDVariable nextFake;

  /** Lays the term into the discriminator's graph, a scalar. */
  SDVariable term(Graph graph, SDVariable realLogits, SDVariable fakeLogits) {
    realBefore = graph.input("lecam.real", 1);
    fakeBefore = graph.input("lecam.fake", 1);
    nextReal = next(graph, realBefore, realLogits);
    nextFake = next(graph, fakeBefore, fakeLogits);
    SDVariable above = AdversarialLoss.relu(realLogits.sub(nextFake.reshape(1, 1, 1, 1)));
    SDVariable below = AdversarialLoss.relu(fakeLogits.neg().add(nextReal.reshape(1, 1, 1, 1)));
    return above.mul(above).mean().add(below.mul(below).mean());
  }

  private static SDVariable next(Graph graph, SDVariable before, SDVariable logits) {
    SDVariable mean = new StopGradient(graph.sameDiff(), logits.mean().reshape(1)).outputVariable();
    return before.mul(DECAY).add(mean.mul(1 - DECAY));
  }

  /** What a program must compute for {@link #after}. */
  SDVariable[] outputs() {
    return new SDVariable[] {nextReal, nextFake};
  }

  void before(Execution execution) {
    execution.set(realBefore, real);
    execution.set(fakeBefore, fake);
  }

  void after(Execution execution) {
    Floats.of(real).write(0, execution.floats(nextReal), 1);
    Floats.of(fake).write(0, execution.floats(nextFake), 1);
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
