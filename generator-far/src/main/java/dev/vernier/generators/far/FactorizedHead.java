package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * FAR's head (FQGAN, Bai et al. 2024): the sub-tokens of a position one after the other. Blocks
 * like the trunk's run over the trunk's output and the embeddings of the sub-tokens before, so each
 * is predicted given those: {@code p(s_1, .., s_k) = prod p(s_i | s_<i)}.
 */
record FactorizedHead() implements Head {
  private static final String PREFIX = "ar_head.";

  @Override
  public List<SDVariable> logits(
      Graph graph,
      FarShape shape,
      SDVariable context,
      int count,
      List<SDVariable> tokens,
      UnaryOperator<SDVariable> dropout) {
    int k = shape.subTokens();
    int width = shape.width();
    Embedding embedding = new Embedding(graph, shape);
    List<SDVariable> parts = new ArrayList<>();
    parts.add(context);
    for (int j = 0; j < k - 1; j++) {
      parts.add(embedding.subToken(j, tokens.get(j)));
    }
    SDVariable rows =
        graph
            .sameDiff()
            .concat(1, parts.toArray(SDVariable[]::new))
            .reshape((long) count * k, width);
    Blocks blocks = new Blocks(graph, shape);
    SDVariable table =
        graph.frozen("head.rotary", RotaryTable.first(shape, k), k, shape.headWidth());
    for (int i = 0; i < shape.headLayers(); i++) {
      rows = blocks.over(PREFIX + i, rows, k, table, dropout);
    }
    SDVariable normal = blocks.norm("norm", rows).reshape(count, (long) k * width);
    List<SDVariable> all = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      SDVariable own = graph.sameDiff().slice(normal, new int[] {0, j * width}, count, width);
      all.add(Classifiers.classifier(graph, shape, j, own));
    }
    return all;
  }

  @Override
  public List<Step> steps(FarShape shape, int sequences) {
    List<Step> steps = new ArrayList<>();
    for (int j = 0; j < shape.subTokens(); j++) {
      steps.add(step(shape, sequences, j));
    }
    return steps;
  }

  private static Step step(FarShape shape, int sequences, int j) {
    Graph graph = new Graph();
    Optional<SDVariable> drawn =
        j == 0 ? Optional.empty() : Optional.of(graph.integers("drawn", sequences));
    SDVariable rows =
        drawn
            .map(last -> new Embedding(graph, shape).subToken(j - 1, last))
            .orElseGet(() -> graph.input(CONTEXT, sequences, shape.width()));
    Blocks blocks = new Blocks(graph, shape);
    int headWidth = shape.headWidth();
    float[] table = RotaryTable.first(shape, j + 1);
    float[] row = Arrays.copyOfRange(table, j * headWidth, (j + 1) * headWidth);
    Blocks.Past past =
        new Blocks.Past(
            sequences,
            shape.subTokens(),
            graph.sameDiff().constant("position", Nd4j.createFromArray(j)),
            graph.frozen("table", row, 1, headWidth));
    for (int i = 0; i < shape.headLayers(); i++) {
      rows = blocks.at(PREFIX + i, rows, past);
    }
    return new Step(
        graph,
        j,
        drawn,
        List.of(Classifiers.classifier(graph, shape, j, blocks.norm("norm", rows))));
  }
}
