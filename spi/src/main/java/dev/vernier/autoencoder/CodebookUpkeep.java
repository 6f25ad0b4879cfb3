package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Optimization;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
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
        public void afterStep(Execution execution, Optimization optimization) {
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

  /**
   * Whether it wants to see a further batch before the training's own first one, which it sees in
   * any case. It is not asked any more after as many as it takes to show every training image once.
   */
  default boolean wantsMore() {
    return false;
  }

  /**
   * What {@link #see} reads of an execution, all of it observed by the objective: of the further
   * batches nothing else is computed. Whoever wants more of them names it here.
   */
  default List<SDVariable> seen() {
    return List.of();
  }

  /**
   * Called after a run on each further batch, which computed only what {@link #seen} lists, and
   * last on the training's own first batch.
   */
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
   * @param optimization how many updates there were; whoever sets rows of a parameter anew does it
   *     through {@link Optimization#replaceRows}
   */
  void afterStep(Execution execution, Optimization optimization);

  /** All state, flat float arrays by name; restored by writing into them. */
  Map<String, INDArray> state();

  @Override
  void close();
}
