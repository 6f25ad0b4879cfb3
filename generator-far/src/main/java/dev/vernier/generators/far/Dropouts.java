package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.Dropout;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The dropouts of a graph, each at a site of its own.
 *
 * @param graph they are laid into
 * @param rate share of numbers that is dropped; 0 for none
 * @param seed the input that holds the seed of the run, {@code [1]}; empty where the rate is 0
 * @param sites how many there are
 */
record Dropouts(Graph graph, double rate, Optional<SDVariable> seed, AtomicInteger sites) {
  /** The dropouts of a graph without any yet. */
  static Dropouts of(Graph graph, double rate) {
    Optional<SDVariable> seed =
        rate == 0 ? Optional.empty() : Optional.of(graph.integers("dropout", 1));
    return new Dropouts(graph, rate, seed, new AtomicInteger());
  }

  /** Sets the seed of an execution's next runs. */
  void seed(Execution execution, int value) {
    seed.ifPresent(input -> execution.set(input, new int[] {value}));
  }

  /** Dropout of matrices of a size. */
  UnaryOperator<SDVariable> of(int rows, int columns) {
    return x ->
        seed.map(
                each ->
                    graph.apply(new Dropout(rate, sites.getAndIncrement(), rows, columns), x, each))
            .orElse(x);
  }
}
