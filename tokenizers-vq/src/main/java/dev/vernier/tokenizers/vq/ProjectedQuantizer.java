package dev.vernier.tokenizers.vq;

import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.engine.search.ProjectedCodebook;
import dev.vernier.quantize.StraightThrough;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vector quantization among linear projections of a codebook (VQGAN-LC, Zhu et al. 2024). The
 * search needs every entry's projection; gradients only those of the entries found, so a step
 * differentiates N rows and never K.
 */
final class ProjectedQuantizer {
  static final String EMBEDDING = "quantize.embedding.weight";
  static final String PROJECTION_WEIGHT = "quantize.projection.weight";
  static final String PROJECTION_BIAS = "quantize.projection.bias";

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
    return rows.mmul(weight(graph).permute(1, 0)).add(bias(graph).reshape(1, settings.dimension()));
  }

  private SDVariable weight(Graph graph) {
    int d = settings.dimension();
    Initializer normal = Initializer.normal(1 / Math.sqrt(d));
    return graph.parameter(PROJECTION_WEIGHT, normal, d, entryDimension);
  }

  private SDVariable bias(Graph graph) {
    return graph.parameter(
        PROJECTION_BIAS, Initializer.fanIn(entryDimension), settings.dimension());
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
  Quantized train(Graph graph, SDVariable z, int count) {
    SDVariable indices = graph.integers(INDICES, count);
    ProjectedCodebook codebook = graph.own(new ProjectedCodebook());
    CodebookSearch search = graph.own(CodebookSearch.byDistance());
    graph.hostStep(
        "codebook_search",
        (reads, writes) ->
            Integers.write(
                writes[0], search.find(reads[0], codebook.projected(reads[1], reads[2], reads[3]))),
        List.of(z, embedding(graph), weight(graph), bias(graph)),
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

  /** Some projected entries, {@code [codes, d]}; the caller closes them. */
  INDArray vectors(int[] codes, Parameters parameters) {
    try (INDArray rows = parameters.get(EMBEDDING).getRows(codes)) {
      return projected(rows, parameters);
    }
  }

  /** All projected entries, {@code [K, d]}; the caller closes them. */
  INDArray projected(Parameters parameters) {
    return projected(parameters.get(EMBEDDING), parameters);
  }

  private static INDArray projected(INDArray entries, Parameters parameters) {
    return ProjectedCodebook.entries(
        entries, parameters.get(PROJECTION_WEIGHT), parameters.get(PROJECTION_BIAS));
  }

  /**
   * What training needs of a quantization.
   *
   * @param indices of the entries found, {@code [N]}
   * @param outcome straight-through, with the losses; the entries are projected ones
   */
  record Quantized(SDVariable indices, StraightThrough outcome) {}
}
