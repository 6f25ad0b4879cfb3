package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.Dropout;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The dropouts of a graph, each at a site of its own.
 *
 * @param graph they are laid into
 * @param rate share of numbers that is dropped; 0 for none
 * @param seed of the run, {@code [1]}; null where the rate is 0
 * @param sites how many there are
 */
record Dropouts(Graph graph, double rate, SDVariable seed, AtomicInteger sites) {
  /** Name of the input that holds the seed. */
  static final String SEED = "dropout";

  /** The dropouts of a graph without any yet. */
  static Dropouts of(Graph graph, double rate) {
    return new Dropouts(
        graph, rate, rate == 0 ? null : graph.integers(SEED, 1), new AtomicInteger());
  }

  /** Dropout of matrices of a size. */
  UnaryOperator<SDVariable> of(int rows, int columns) {
    return rate == 0
        ? UnaryOperator.identity()
        : x -> graph.apply(new Dropout(rate, sites.getAndIncrement(), rows, columns), x, seed);
  }
}
