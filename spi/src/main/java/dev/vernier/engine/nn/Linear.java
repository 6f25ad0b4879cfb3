package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.Affine;
import org.nd4j.autodiff.samediff.SDVariable;

/** A linear layer on rows, with bias. */
public final class Linear {
  private Linear() {}

  /**
   * Applies it; weight and bias begin as PyTorch's do.
   *
   * @param name prefix of {@code .weight [out, in]} and {@code .bias [out]}
   * @param rows {@code [N, in]}
   * @return {@code [N, out]}
   */
  public static SDVariable rows(Graph graph, String name, SDVariable rows, int in, int out) {
    Initializer initializer = Initializer.fanIn(in);
    return rows(
        graph,
        rows,
        graph.parameter(name + ".weight", initializer, out, in),
        graph.parameter(name + ".bias", initializer, out),
        out);
  }

  /** The same with parameters that are there. */
  static SDVariable rows(
      Graph graph, SDVariable rows, SDVariable weight, SDVariable bias, int out) {
    return graph.apply(new Affine(out), rows, weight, bias);
  }
}
