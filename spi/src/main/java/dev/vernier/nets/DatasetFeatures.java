package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The dataset's own classifier as a feature extractor. It always computes batches of one size, so
 * an image's features do not depend on the images beside it; they depend on its place among them by
 * rounding alone, about 1e-7 of the largest.
 */
final class DatasetFeatures implements FeatureExtractor, DifferentiableNet {
  private static final int BATCH = 32;
  private final FeatureSpec spec;
  private final Classifier net;
  private final Parameters parameters;
  private final Classifier.Outputs outputs;
  private final Execution execution;

  /**
   * A net with trained weights.
   *
   * @param weights in the order of the net's parameters; owned by this from now on
   */
  DatasetFeatures(FeatureSpec spec, Classifier net, Parameters weights) {
    this.spec = spec;
    this.net = net;
    this.parameters = weights;
    Graph graph = new Graph();
    this.outputs = net.define(images(graph, net.side()));
    this.execution =
        Executors.chosen()
            .compile(
                Program.forward(graph, outputs.pooled(), outputs.logits(), outputs.spatial()),
                weights);
  }

  private static FeatureMap images(Graph graph, int side) {
    return FeatureMap.input(graph, "images", BATCH, side, side);
  }

  /** Fresh weights of a net, for a checkpoint to be read into. */
  static Parameters fresh(Classifier net) {
    Graph graph = new Graph();
    net.define(images(graph, net.side()));
    return Parameters.initialize(graph, 0);
  }

  @Override
  public FeatureSpec spec() {
    return spec;
  }

  @Override
  public Features extract(INDArray images) {
    int count = (int) images.size(0);
    int from = (int) images.size(2);
    float[] pixels;
    try (INDArray copy = images.dup('c')) {
      pixels = AreaAverage.resize(Floats.all(copy), from, net.side());
    }
    SDVariable[] wanted = {outputs.pooled(), outputs.logits(), outputs.spatial()};
    INDArray[] results = new INDArray[wanted.length];
    int each = pixels.length / count;
    for (int first = 0; first < count; first += BATCH) {
      int rows = Math.min(BATCH, count - first);
      float[] block =
          Arrays.copyOf(
              Arrays.copyOfRange(pixels, first * each, (first + rows) * each), BATCH * each);
      execution.set("images", block);
      execution.run();
      for (int i = 0; i < wanted.length; i++) {
        try (INDArray batch = execution.read(wanted[i])) {
          if (results[i] == null) {
            long[] shape = batch.shape().clone();
            shape[0] = count;
            results[i] = Nd4j.createUninitialized(DataType.FLOAT, shape);
          }
          int row = (int) (batch.length() / BATCH);
          Floats.of(results[i]).write(first * row, Floats.all(batch), rows * row);
        }
      }
    }
    return new Features(results[0], results[1], results[2]);
  }

  /** The class that an image most probably has. */
  int classify(LabelledImage image) {
    try (INDArray array = Pixels.toArray(List.of(image));
        Features features = extract(array)) {
      return features.logits().orElseThrow().argMax(1).getInt(0);
    }
  }

  @Override
  public List<SDVariable> activations(FeatureMap images) {
    return images.graph().frozen(spec.hash(), parameters::get, () -> net.define(images).stages());
  }

  @Override
  public void close() {
    execution.close();
    parameters.close();
  }
}
