package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Parameters;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Care of a codebook outside the gradient: first values from data, restart of codes nobody uses.
 * Its arrays go into checkpoints.
 */
public interface CodebookUpkeep extends AutoCloseable {
  /** No care at all. */
  CodebookUpkeep NONE =
      new CodebookUpkeep() {
        @Override
        public boolean begin(Execution execution, Parameters parameters) {
          return false;
        }

        @Override
        public void afterStep(Execution execution, Parameters parameters, long step) {
          // Nothing to care for.
        }

        @Override
        public Map<String, INDArray> state() {
          return Map.of();
        }

        @Override
        public void close() {
          // Nothing to free.
        }
      };

  /** How many batches it wants to see before the first update, the first one included. */
  default int firstBatches() {
    return 1;
  }

  /** Called with an execution that ran on each of them, the first one last. */
  default void see(Execution execution) {}

  /**
   * Called before the first update with an execution that ran on the first batch.
   *
   * @return whether parameters were changed, so that the batch must run again
   */
  boolean begin(Execution execution, Parameters parameters);

  /**
   * Called after each update.
   *
   * @param step counted from 1
   */
  void afterStep(Execution execution, Parameters parameters, long step);

  /** All state, flat float arrays by name; restored by writing into them. */
  Map<String, INDArray> state();

  @Override
  void close();
}
