package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.Affine;
import dev.vernier.engine.program.operations.Lookup;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What the trunk reads: at the first position the embedding of the class, at the others that of the
 * token before, whose sub-tokens' embeddings are joined and mapped to the width. A single
 * sub-codebook needs no map, and is named as LlamaGen names it.
 *
 * @param graph it is laid into
 * @param shape its sizes
 */
record Embedding(Graph graph, FarShape shape) {
  private static final Initializer INITIALIZER = Initializer.normal(0.02);

  /**
   * The rows of the trunk.
   *
   * @param classes class of each row, {@link Lookup#NONE} where it is no first position
   * @param tokens token before each row by sub-codebook, {@link Lookup#NONE} at first positions
   */
  SDVariable rows(SDVariable classes, List<SDVariable> tokens) {
    SDVariable table =
        graph.parameter(
            "cls_embedding.embedding_table.weight",
            INITIALIZER,
            shape.classes() + 1L,
            shape.width());
    List<SDVariable> embedded = new ArrayList<>();
    for (int j = 0; j < tokens.size(); j++) {
      embedded.add(subToken(j, tokens.get(j)));
    }
    Lookup first = new Lookup(shape.classes() + 1);
    if (embedded.size() == 1) {
      return embedded.get(0).add(graph.apply(first, table, classes));
    }
    int width = shape.width();
    SDVariable joined = graph.sameDiff().concat(1, embedded.toArray(SDVariable[]::new));
    SDVariable weight =
        graph.parameter(
            "aggregation_layer.weight", INITIALIZER, width, (long) embedded.size() * width);
    SDVariable bias = graph.parameter("aggregation_layer.bias", Initializer.constant(0), width);
    // Where there is no token the map gives its bias, which the class's row takes back.
    return graph
        .apply(new Affine(width), joined, weight, bias)
        .add(graph.apply(first, table.sub(bias.reshape(1, width)), classes));
  }

  /**
   * Embeddings of one sub-codebook, {@code [N, w]}.
   *
   * @param j the sub-codebook, counted from 0
   * @param indices {@code [N]}; {@link Lookup#NONE} gives zeros
   */
  SDVariable subToken(int j, SDVariable indices) {
    int size = shape.codebooks().get(j).size();
    SDVariable table =
        graph.parameter(
            shape.numbered("tok_embeddings", j) + ".weight", INITIALIZER, size, shape.width());
    return graph.apply(new Lookup(size), table, indices);
  }
}
