package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.AttendHeads;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Pre-norm transformer blocks on sequences as rows, with parameters named as CLIP names them:
 * attention over all positions with several heads, then a perceptron of four times the width with
 * the exact GELU.
 *
 * @param graph the graph the blocks are laid into
 * @param batch number of sequences
 * @param length positions of a sequence
 * @param width channels
 * @param heads of the attention; divides the width
 */
public record TransformerBlock(Graph graph, int batch, int length, int width, int heads) {
  private static final int EXPANSION = 4;

  /**
   * Applies one block.
   *
   * @param name prefix of {@code ln_1, attn, ln_2, mlp}
   * @param rows {@code [batch * length, width]}, sequences one after the other
   */
  public SDVariable apply(String name, SDVariable rows) {
    SDVariable attended =
        rows.add(
            attention(name + ".attn", LayerNormalization.rows(graph, name + ".ln_1", rows, width)));
    SDVariable normal = LayerNormalization.rows(graph, name + ".ln_2", attended, width);
    SDVariable hidden =
        gelu(Linear.rows(graph, name + ".mlp.c_fc", normal, width, EXPANSION * width));
    return attended.add(Linear.rows(graph, name + ".mlp.c_proj", hidden, EXPANSION * width, width));
  }

  /** Its projections begin as those of PyTorch's {@code MultiheadAttention}. */
  private SDVariable attention(String name, SDVariable rows) {
    SDVariable packed =
        Linear.rows(
            graph,
            rows,
            graph.parameter(
                name + ".in_proj_weight", Initializer.xavier(width, 3L * width), 3L * width, width),
            graph.parameter(name + ".in_proj_bias", Initializer.constant(0), 3L * width),
            3 * width);
    SDVariable joined = graph.apply(new AttendHeads(length, heads, width / heads, false), packed);
    return Linear.rows(
        graph,
        joined,
        graph.parameter(name + ".out_proj.weight", Initializer.fanIn(width), width, width),
        graph.parameter(name + ".out_proj.bias", Initializer.constant(0), width),
        width);
  }

  private SDVariable gelu(SDVariable x) {
    SameDiff sd = graph.sameDiff();
    return x.mul(0.5).mul(sd.math().erf(x.mul(1 / Math.sqrt(2))).add(1));
  }
}
