package dev.vernier.nets;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.Linear;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.AttendHeads;
import dev.vernier.engine.program.operations.RmsNormalize;
import dev.vernier.engine.program.operations.SwiGlu;
import dev.vernier.spi.ImageSize;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The net that scores, a small vision transformer behind two convolutions of stride 2 (Dosovitskiy
 * et al. 2021; Xiao et al. 2021): another architecture than the {@link ResidualClassifier} that
 * teaches, so that a tokenizer does not score well for having learned to please its like. Nothing
 * in it looks beyond an image, so that features are independent of the batch.
 *
 * @param size of the images it sees; larger ones are averaged down
 * @param classes number of classes
 */
record TokenClassifier(ImageSize size, int classes) implements Classifier {
  private static final int STEM = 32;
  private static final int BLOCKS = 2;
  private static final int HEADS = 4;
  private static final int HIDDEN = 2 * DIMENSION;
  private static final double EPSILON = 1e-5;
  private static final double POSITIONS = 0.02;
  private static final double PEAK = 1e-3;

  @Override
  public double peakLearningRate() {
    return PEAK;
  }

  @Override
  public Outputs define(FeatureMap images) {
    Graph graph = images.graph();
    List<SDVariable> stages = new ArrayList<>();
    FeatureMap h = halved("stem.0", AreaAverage.to(size, images), STEM);
    stages.add(h.value());
    h = Convolution.apply("stem.1", h, DIMENSION, Window.halving(3));
    stages.add(h.value());
    int area = h.area();
    SDVariable positions =
        graph.parameter("positions", Initializer.normal(POSITIONS), area, DIMENSION);
    SDVariable rows =
        h.rows()
            .reshape(h.batch(), area, DIMENSION)
            .add(positions.reshape(1, area, DIMENSION))
            .reshape((long) h.batch() * area, DIMENSION);
    for (int i = 0; i < BLOCKS; i++) {
      rows = block(graph, "blocks." + i, rows, area);
      stages.add(map(h, rows).value());
    }
    FeatureMap normal = map(h, normalized(graph, "norm", rows));
    SDVariable pooled = normal.value().mean(1, 2);
    return new Outputs(
        stages, normal.channelsFirst(), pooled, Classifier.logits(graph, pooled, classes));
  }

  /** A pre-norm block of LLaMA's kind (Touvron et al. 2023), which sees all positions. */
  private static SDVariable block(Graph graph, String name, SDVariable rows, int area) {
    SDVariable packed =
        Linear.rows(
            graph,
            name + ".attention.in",
            normalized(graph, name + ".attention.norm", rows),
            DIMENSION,
            3 * DIMENSION);
    SDVariable seen = graph.apply(new AttendHeads(area, HEADS, DIMENSION / HEADS, false), packed);
    SDVariable attended =
        rows.add(Linear.rows(graph, name + ".attention.out", seen, DIMENSION, DIMENSION));
    SDVariable normal = normalized(graph, name + ".gated.norm", attended);
    SDVariable gated =
        graph.apply(
            new SwiGlu(),
            Linear.rows(graph, name + ".gated.gate", normal, DIMENSION, HIDDEN),
            Linear.rows(graph, name + ".gated.in", normal, DIMENSION, HIDDEN));
    return attended.add(Linear.rows(graph, name + ".gated.out", gated, HIDDEN, DIMENSION));
  }

  private static SDVariable normalized(Graph graph, String name, SDVariable rows) {
    SDVariable weight = graph.parameter(name + ".weight", Initializer.constant(1), DIMENSION);
    return graph.apply(new RmsNormalize(EPSILON), rows, weight);
  }

  private static FeatureMap halved(String name, FeatureMap x, int out) {
    FeatureMap half = Convolution.apply(name, x, out, Window.halving(3));
    return half.with(x.graph().sameDiff().nn().relu(half.value(), 0));
  }

  private static FeatureMap map(FeatureMap like, SDVariable rows) {
    return FeatureMap.ofRows(
        like.graph(), rows, like.batch(), like.height(), like.width(), DIMENSION);
  }
}
