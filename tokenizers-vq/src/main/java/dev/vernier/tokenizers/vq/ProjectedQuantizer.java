package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.Passage.ParameterSource;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.quantize.StraightThrough;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Vector quantization among linear projections of a codebook (VQGAN-LC, Zhu et al. 2024). The
 * search needs every entry's projection; gradients only those of the entries found, so a step
 * differentiates N rows and never K.
 */
final class ProjectedQuantizer {
  static final String EMBEDDING = "quantize.embedding.weight";
  static final String PROJECTION_WEIGHT = "quantize.projection.weight";
  static final String PROJECTION_BIAS = "quantize.projection.bias";

  /** Name of the variable of the training graph that holds encodings, {@code [N, d]}. */
  static final String ENCODINGS = "quantize.encodings";

  private static final String INDICES = "quantize.indices";

  private final VqLcSettings settings;
  private final int entryDimension;
  private final Initializer entries;

  /**
   * A quantizer.
   *
   * @param entryDimension dimension D of an entry before its projection
   * @param entries fills the codebook, {@code [K, D]}
   */
  ProjectedQuantizer(VqLcSettings settings, int entryDimension, Initializer entries) {
    this.settings = settings;
    this.entryDimension = entryDimension;
    this.entries = entries;
  }

  /** Projected entries by index, {@code [N, d]}. */
  SDVariable entries(Graph graph, SDVariable indices) {
    SDVariable rows = graph.apply(new Lookup(settings.size()), embedding(graph), indices);
    int d = settings.dimension();
    Initializer normal = Initializer.normal(1 / Math.sqrt(d));
    SDVariable weight = graph.parameter(PROJECTION_WEIGHT, normal, d, entryDimension);
    SDVariable bias = graph.parameter(PROJECTION_BIAS, Initializer.fanIn(entryDimension), d);
    return rows.mmul(weight.permute(1, 0)).add(bias.reshape(1, d));
  }

  private SDVariable embedding(Graph graph) {
    long[] shape = {settings.size(), entryDimension};
    return settings.trained()
        ? graph.parameter(EMBEDDING, entries, shape)
        : graph.fixedParameter(EMBEDDING, entries, shape);
  }

  /**
   * Lays training into a graph.
   *
   * @param z encodings {@code [N, d]}
   */
  Quantized train(Graph graph, SDVariable z, int count, ParameterSource parameters) {
    z.rename(ENCODINGS);
    SDVariable indices = graph.integers(INDICES, count);
    graph.hostStep(
        "codebook_search",
        (reads, writes) -> Integers.write(writes[0], nearest(reads[0], parameters.get())),
        List.of(z),
        List.of(indices));
    SDVariable q = entries(graph, indices);
    return new Quantized(indices, StraightThrough.between(z, q));
  }

  /** The entries whose projections are nearest to encodings {@code [N, d]}. */
  int[] nearest(INDArray encodings, Parameters parameters) {
    try (INDArray projected = projected(parameters)) {
      return CodebookSearch.nearest(encodings, projected);
    }
  }

  /** All projected entries, {@code [K, d]}; the caller closes them. */
  INDArray projected(Parameters parameters) {
    INDArray embedding = parameters.get(EMBEDDING);
    INDArray projected =
        Nd4j.createUninitialized(DataType.FLOAT, embedding.size(0), settings.dimension());
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(embedding, parameters.get(PROJECTION_WEIGHT))
            .addOutputs(projected)
            .addIntegerArguments(0, 1)
            .build());
    Nd4j.exec(
        DynamicCustomOp.builder("add")
            .addInputs(projected, parameters.get(PROJECTION_BIAS))
            .addOutputs(projected)
            .build());
    return projected;
  }

  /**
   * What training needs of a quantization.
   *
   * @param indices of the entries found, {@code [N]}
   * @param outcome straight-through, with the losses; the entries are projected ones
   */
  record Quantized(SDVariable indices, StraightThrough outcome) {}
}
