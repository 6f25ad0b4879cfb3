package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.Affine;
import dev.vernier.engine.program.operations.AttendCache;
import dev.vernier.engine.program.operations.AttendHeads;
import dev.vernier.engine.program.operations.RmsNormalize;
import dev.vernier.engine.program.operations.Rotate;
import dev.vernier.engine.program.operations.SwiGlu;
import dev.vernier.engine.program.operations.WriteCache;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The transformer blocks of trunk and head (Llama, Touvron et al. 2023): root mean square
 * normalization first, causal attention with rotary embedding, SwiGLU, no biases. Parameters are
 * named as LlamaGen and FAR name them.
 *
 * @param graph they are laid into
 * @param shape their sizes
 */
record Blocks(Graph graph, FarShape shape) {
  /** Prefix of the names of inputs that are caches. */
  static final String CACHE = "cache.";

  static final double EPSILON = 1e-5;
  private static final Initializer INITIALIZER = Initializer.normal(0.02);

  /** What a block at one position does otherwise than one over whole sequences. */
  private interface Style {
    /** Attention between rows, given queries, keys and values side by side. */
    SDVariable attend(SDVariable packed);

    /** A residual's end: rows plus a linear map of others. */
    SDVariable add(SDVariable rows, String name, SDVariable others, int width);
  }

  /**
   * A block over whole sequences.
   *
   * @param name prefix of its parameters
   * @param rows {@code [S * length, w]}, sequences one after the other
   * @param table rotary table of the positions, {@code [length, head width]}
   * @param dropout of what a residual adds
   */
  SDVariable over(
      String name,
      SDVariable rows,
      int length,
      SDVariable table,
      UnaryOperator<SDVariable> dropout) {
    AttendHeads attend = new AttendHeads(length, shape.heads(), shape.headWidth(), true);
    return block(
        name,
        rows,
        new Style() {
          @Override
          public SDVariable attend(SDVariable packed) {
            return graph.apply(attend, rotated(packed, length, table));
          }

          @Override
          public SDVariable add(SDVariable to, String layer, SDVariable others, int width) {
            return to.add(dropout.apply(linear(layer, others, width, shape.width())));
          }
        });
  }

  /**
   * A block at one position, those before it cached.
   *
   * @param name prefix of its parameters
   * @param rows {@code [S, w]}
   * @param past what is cached
   */
  SDVariable at(String name, SDVariable rows, Past past) {
    int heads = shape.heads();
    int headWidth = shape.headWidth();
    SDVariable cache =
        graph.input(CACHE + name, 2, (long) past.sequences() * heads, past.capacity(), headWidth);
    WriteCache write = new WriteCache(past.sequences(), past.capacity(), heads, headWidth);
    AttendCache attend = new AttendCache(past.sequences(), past.capacity(), heads, headWidth);
    return block(
        name,
        rows,
        new Style() {
          @Override
          public SDVariable attend(SDVariable packed) {
            SDVariable turned = rotated(packed, 1, past.tableRow());
            SDVariable written = graph.apply(write, cache, turned, past.position());
            graph.carry(cache, written);
            return graph.apply(attend, turned, written, past.position());
          }

          @Override
          public SDVariable add(SDVariable to, String layer, SDVariable others, int width) {
            return graph.apply(
                new Affine(shape.width()), others, weight(layer, width, shape.width()), to);
          }
        });
  }

  private SDVariable block(String name, SDVariable rows, Style style) {
    int width = shape.width();
    SDVariable packed =
        linear(name + ".attention.wqkv", norm(name + ".attention_norm", rows), width, 3 * width);
    SDVariable mixed = style.add(rows, name + ".attention.wo", style.attend(packed), width);
    SDVariable normal = norm(name + ".ffn_norm", mixed);
    SDVariable gated =
        graph.apply(
            new SwiGlu(),
            linear(name + ".feed_forward.w1", normal, width, shape.hidden()),
            linear(name + ".feed_forward.w3", normal, width, shape.hidden()));
    return style.add(mixed, name + ".feed_forward.w2", gated, shape.hidden());
  }

  /** Queries and keys turned by their positions. */
  private SDVariable rotated(SDVariable packed, int length, SDVariable table) {
    int heads = shape.heads();
    return graph.apply(new Rotate(length, 3 * heads, shape.headWidth(), 2 * heads), packed, table);
  }

  /** Root mean square normalization. */
  SDVariable norm(String name, SDVariable rows) {
    return graph.apply(
        new RmsNormalize(EPSILON),
        rows,
        graph.parameter(name + ".weight", Initializer.constant(1), shape.width()));
  }

  /** A linear map without bias. */
  SDVariable linear(String name, SDVariable rows, int in, int out) {
    return graph.apply(new Affine(out), rows, weight(name, in, out));
  }

  private SDVariable weight(String name, int in, int out) {
    return graph.parameter(name + ".weight", INITIALIZER, out, in);
  }

  /**
   * A cache of keys and values.
   *
   * @param sequences S
   * @param capacity positions it holds
   * @param position the position that is computed, {@code [1]}
   * @param tableRow the rotary table's row of it, {@code [1, head width]}
   */
  record Past(int sequences, int capacity, SDVariable position, SDVariable tableRow) {}
}
