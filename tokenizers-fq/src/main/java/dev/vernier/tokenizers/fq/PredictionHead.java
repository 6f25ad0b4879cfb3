package dev.vernier.tokenizers.fq;

import dev.vernier.engine.nn.LayerNormalization;
import dev.vernier.engine.nn.Linear;
import dev.vernier.engine.nn.TransformerBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * FQGAN's feature prediction head: codes widened by two linear layers, a class token before them,
 * learned positions, transformer blocks between two layer normalizations.
 *
 * @param graph the graph it is laid into
 * @param batch images
 * @param area positions of an image
 * @param dimension channels of a code
 * @param width of the head: that of the feature it predicts
 * @param layers transformer blocks
 * @param heads of their attention
 */
record PredictionHead(
    Graph graph, int batch, int area, int dimension, int width, int layers, int heads) {
  /**
   * Applies it.
   *
   * @param name prefix of its parameters
   * @param codes {@code [batch * area, dimension]}
   * @return {@code [batch * (1 + area), width]}, of each image the class token first
   */
  SDVariable apply(String name, SDVariable codes) {
    Initializer small = Initializer.normal(1 / Math.sqrt(width));
    SDVariable token = graph.parameter(name + ".class_embedding", small, 1, width);
    SDVariable positions = graph.parameter(name + ".positional_embedding", small, area + 1, width);
    SDVariable hidden = Linear.rows(graph, name + ".upscale.0", codes, dimension, width);
    SDVariable patches =
        Linear.rows(graph, name + ".upscale.2", graph.sameDiff().nn().relu(hidden, 0), width, width)
            .reshape(batch, area, width);
    SDVariable tokens = zeros(name).add(token.reshape(1, 1, width));
    SDVariable sequence =
        graph
            .sameDiff()
            .concat(1, tokens, patches)
            .add(positions.reshape(1, area + 1, width))
            .reshape(batch * (area + 1), width);
    SDVariable rows = LayerNormalization.rows(graph, name + ".ln_pre", sequence, width);
    TransformerBlock block = new TransformerBlock(graph, batch, area + 1, width, heads);
    for (int layer = 0; layer < layers; layer++) {
      rows = block.apply(name + ".transformer." + layer, rows);
    }
    return LayerNormalization.rows(graph, name + ".ln_post", rows, width);
  }

  /** What the class token is added to, so that every image has one. */
  private SDVariable zeros(String name) {
    try (INDArray zeros = Nd4j.zeros(batch, 1, width)) {
      return graph.frozen(name + ".zeros", zeros);
    }
  }

  /** The class token of each image, {@code [batch, width]}. */
  SDVariable classToken(SDVariable rows) {
    return graph
        .sameDiff()
        .slice(rows.reshape(batch, area + 1, width), new int[] {0, 0, 0}, batch, 1, width)
        .reshape(batch, width);
  }
}
