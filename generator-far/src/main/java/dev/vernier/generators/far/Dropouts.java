package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.Dropout;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/** The dropouts of a graph, each at a site of its own. */
final class Dropouts {
  private final Graph graph;
  private final double rate;
  private final Optional<SDVariable> seed;
  private int sites;

  /**
   * None as yet.
   *
   * @param rate share of numbers that is dropped; of 0 none is laid
   */
  Dropouts(Graph graph, double rate) {
    this.graph = graph;
    this.rate = rate;
    this.seed = rate == 0 ? Optional.empty() : Optional.of(graph.integers("dropout", 1));
  }

  /** Sets the seed of an execution's next runs. */
  void seed(Execution execution, int value) {
    seed.ifPresent(input -> execution.set(input, new int[] {value}));
  }

  /** Dropout of matrices of a size. */
  UnaryOperator<SDVariable> of(int rows, int columns) {
    return x ->
        seed.isEmpty() ? x : graph.apply(new Dropout(rate, sites++, rows, columns), x, seed.get());
  }
}
