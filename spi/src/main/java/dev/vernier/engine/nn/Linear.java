package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.Affine;
import org.nd4j.autodiff.samediff.SDVariable;

/** A linear layer on rows, with bias. */
public final class Linear {
  private Linear() {}

  /**
   * Applies it.
   *
   * @param name prefix of {@code .weight [out, in]} and {@code .bias [out]}
   * @param rows {@code [N, in]}
   * @return {@code [N, out]}
   */
  public static SDVariable rows(Graph graph, String name, SDVariable rows, int in, int out) {
    return rows(graph, name + ".weight", name + ".bias", rows, in, out);
  }

  /** The same with full names of its parameters. */
  static SDVariable rows(
      Graph graph, String weightName, String biasName, SDVariable rows, int in, int out) {
    SDVariable weight = graph.parameter(weightName, Initializer.fanIn(in), out, in);
    SDVariable bias = graph.parameter(biasName, Initializer.fanIn(in), out);
    return graph.apply(new Affine(out), rows, weight, bias);
  }
}
