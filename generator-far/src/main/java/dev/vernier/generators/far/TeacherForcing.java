package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.CrossEntropy;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The whole transformer over known tokens: every position predicts its token from the class and the
 * tokens before it.
 */
final class TeacherForcing {
  private final Graph graph = new Graph();
  private final FarShape shape;
  private final int batch;
  private final SDVariable classes;
  private final List<SDVariable> before = new ArrayList<>();
  private final List<SDVariable> tokens = new ArrayList<>();
  private final Dropouts dropouts;
  private final List<SDVariable> logits;
  private final List<SDVariable> losses = new ArrayList<>();
  private final long headParameters;

  /**
   * Lays the graph.
   *
   * @param batch grids at a time
   * @param dropout rate of all dropouts
   */
  TeacherForcing(FarShape shape, Head head, int batch, double dropout) {
    this.shape = shape;
    this.batch = batch;
    int n = shape.positions();
    int rows = batch * n;
    this.dropouts = new Dropouts(graph, dropout);
    this.classes = graph.integers("classes", rows);
    for (int j = 0; j < shape.subTokens(); j++) {
      before.add(graph.integers("before" + j, rows));
      tokens.add(graph.integers("token" + j, rows));
    }
    SDVariable x =
        dropouts.of(rows, shape.width()).apply(new Embedding(graph, shape).rows(classes, before));
    SDVariable table = graph.frozen("rotary", RotaryTable.first(shape, n), n, shape.headWidth());
    Blocks blocks = new Blocks(graph, shape);
    for (int i = 0; i < shape.layers(); i++) {
      x = blocks.over(Decoder.TRUNK + i, x, n, table, dropouts.of(rows, shape.width()));
    }
    long trunk = graph.trainedValues();
    this.logits =
        head.logits(
            graph, shape, x, rows, tokens, dropouts.of(rows * shape.subTokens(), shape.width()));
    this.headParameters = graph.trainedValues() - trunk;
    for (int j = 0; j < shape.subTokens(); j++) {
      CrossEntropy loss = new CrossEntropy(shape.codebooks().get(j).size());
      losses.add(graph.apply(loss, logits.get(j), tokens.get(j)));
    }
  }

  Graph graph() {
    return graph;
  }

  Dropouts dropouts() {
    return dropouts;
  }

  /**
   * Number of trained values that only the head has, all that lies behind the trunk's last block:
   * the final normalization and the classifiers, and of FAR's head its blocks, of classifiers of
   * two layers the hidden ones. The embeddings of sub-tokens, which FAR's head looks up, too, are
   * the trunk's.
   */
  long headParameters() {
    return headParameters;
  }

  /** Logits by sub-codebook, {@code [batch * positions, K]} each. */
  List<SDVariable> logits() {
    return logits;
  }

  /** Cross-entropy in nats by sub-codebook, {@code [batch * positions]} each. */
  List<SDVariable> losses() {
    return losses;
  }

  /** What training minimises: the mean over positions and sub-codebooks. */
  SDVariable loss() {
    SDVariable sum = losses.get(0);
    for (SDVariable each : losses.subList(1, losses.size())) {
      sum = sum.add(each);
    }
    return sum.mean().mul(1.0 / losses.size());
  }

  /**
   * Sets tokens and classes of an execution; {@link Dropouts#seed} sets the rest.
   *
   * @param grids as many as the batch
   * @param labels a class each, or {@link FarShape#nullClass}
   */
  void feed(Execution execution, Tokens grids, int[] labels) {
    int n = shape.positions();
    int[] first = new int[batch * n];
    Arrays.fill(first, Lookup.NONE);
    for (int b = 0; b < batch; b++) {
      first[b * n] = labels[b];
    }
    execution.set(classes, first);
    int[] all = grids.toArray();
    int[] own = new int[batch * n];
    int[] shifted = new int[batch * n];
    for (int j = 0; j < shape.subTokens(); j++) {
      for (int b = 0; b < batch; b++) {
        System.arraycopy(all, (b * shape.subTokens() + j) * n, own, b * n, n);
        shifted[b * n] = Lookup.NONE;
        System.arraycopy(own, b * n, shifted, b * n + 1, n - 1);
      }
      execution.set(tokens.get(j), own);
      execution.set(before.get(j), shifted);
    }
  }
}
