package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.Affine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A classifier for each sub-codebook on the normalized output of the trunk: sub-tokens are
 * independent given the past. With one sub-codebook and no hidden layer this is LlamaGen.
 *
 * @param hidden whether each has a hidden layer of the trunk's width, with SiLU
 */
record Classifiers(boolean hidden) implements Head {
  @Override
  public List<SDVariable> logits(
      Graph graph,
      FarShape shape,
      SDVariable context,
      int count,
      List<SDVariable> tokens,
      UnaryOperator<SDVariable> dropout) {
    return logits(graph, shape, context);
  }

  private List<SDVariable> logits(Graph graph, FarShape shape, SDVariable context) {
    SDVariable normal = new Blocks(graph, shape).norm("norm", context);
    List<SDVariable> all = new ArrayList<>();
    for (int j = 0; j < shape.subTokens(); j++) {
      all.add(classifier(graph, shape, j, hidden ? layer(graph, shape, j, normal) : normal));
    }
    return all;
  }

  private static SDVariable layer(Graph graph, FarShape shape, int j, SDVariable rows) {
    String name = shape.numbered("hidden", j);
    SDVariable bias = graph.parameter(name + ".bias", Initializer.constant(0), shape.width());
    SDVariable weight =
        graph.parameter(name + ".weight", Initializer.normal(0.02), shape.width(), shape.width());
    SDVariable mapped = graph.apply(new Affine(shape.width()), rows, weight, bias);
    return mapped.mul(graph.sameDiff().nn().sigmoid(mapped));
  }

  /** The logits of one sub-codebook; they begin at 0. */
  static SDVariable classifier(Graph graph, FarShape shape, int j, SDVariable rows) {
    int size = shape.codebooks().get(j).size();
    String name = shape.numbered("output", j);
    SDVariable weight =
        graph.parameter(name + ".weight", Initializer.constant(0), size, shape.width());
    return graph.apply(new Affine(size), rows, weight);
  }

  @Override
  public List<Step> steps(FarShape shape, int sequences) {
    Graph graph = new Graph();
    SDVariable context = graph.input(CONTEXT, sequences, shape.width());
    return List.of(new Step(graph, 0, Optional.empty(), logits(graph, shape, context)));
  }
}
