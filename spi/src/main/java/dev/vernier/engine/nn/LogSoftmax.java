package dev.vernier.engine.nn;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/**
 * The logarithm of softmax over the last dimension of a matrix. Composed, since ND4J's own
 * operation for it does not survive differentiation in this release.
 */
public final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * Applies it to each row.
   *
   * @param logits {@code [rows, classes]}
   */
  public static SDVariable rows(SDVariable logits) {
    SDVariable largest =
        new StopGradient(logits.getSameDiff(), logits.max(true, 1)).outputVariable();
    SDVariable shifted = logits.sub(largest);
    SDVariable sum = logits.getSameDiff().math().exp(shifted).sum(true, 1);
    return shifted.sub(logits.getSameDiff().math().log(sum));
  }
}
