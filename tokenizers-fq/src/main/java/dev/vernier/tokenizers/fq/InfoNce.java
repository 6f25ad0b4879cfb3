package dev.vernier.tokenizers.fq;

import dev.vernier.engine.nn.UnitLength;
import dev.vernier.engine.program.operations.LogSoftmax;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * InfoNCE (van den Oord et al. 2018) as FQGAN has it: cosines without temperature, each prediction
 * against the features of the whole batch, in this direction only.
 */
final class InfoNce {
  /** Keeps the norm of a zero vector away from 0. */
  private static final double SMALLEST = 1e-24;

  private InfoNce() {}

  /**
   * The mean over predictions of -log of the matching feature's share; in nats.
   *
   * @param predicted {@code [batch, width]}
   * @param features {@code [batch, width]}, without gradient
   */
  static SDVariable of(SDVariable predicted, SDVariable features, int batch) {
    SameDiff sd = predicted.getSameDiff();
    SDVariable cosines =
        UnitLength.along(1, predicted, SMALLEST)
            .mmul(UnitLength.along(1, features, SMALLEST).permute(1, 0));
    SDVariable matching = sd.math().eye(batch, batch, DataType.FLOAT);
    return new LogSoftmax().compose(cosines).mul(matching).sum().mul(-1.0 / batch);
  }
}
