package dev.vernier.tokenizers.fq;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.LayerNormalization;
import dev.vernier.engine.nn.TransformerBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * FQGAN's adapter: learned positions, layer normalization, transformer blocks, layer normalization;
 * nothing goes past it.
 */
final class FactorizedAdapter {
  private FactorizedAdapter() {}

  /**
   * Applies it.
   *
   * @param name prefix of {@code positional_embedding, ln_pre, transformer, ln_post}
   */
  static FeatureMap apply(String name, FeatureMap x, int layers, int heads) {
    Graph graph = x.graph();
    int width = x.channels();
    SDVariable positions =
        graph.parameter(
            name + ".positional_embedding",
            Initializer.normal(1 / Math.sqrt(width)),
            x.area(),
            width);
    SDVariable placed =
        x.rows()
            .reshape(x.batch(), x.area(), width)
            .add(positions.reshape(1, x.area(), width))
            .reshape(x.batch() * x.area(), width);
    SDVariable rows = LayerNormalization.rows(graph, name + ".ln_pre", placed, width);
    TransformerBlock block = new TransformerBlock(graph, x.batch(), x.area(), width, heads);
    for (int layer = 0; layer < layers; layer++) {
      rows = block.apply(name + ".transformer." + layer, rows);
    }
    SDVariable normal = LayerNormalization.rows(graph, name + ".ln_post", rows, width);
    return FeatureMap.ofRows(graph, normal, x.batch(), x.height(), x.width(), width);
  }
}
