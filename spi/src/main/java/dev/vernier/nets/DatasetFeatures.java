package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The dataset's own classifier as a feature extractor. An image's features depend on its place in a
 * batch by rounding alone, about 1e-7 of the largest.
 */
final class DatasetFeatures implements FeatureExtractor, DifferentiableNet {
  private static final PaddedBatches BATCHES = new PaddedBatches(32);
  private final FeatureSpec spec;
  private final Classifier net;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final SDVariable input;
  private final Classifier.Outputs outputs;
  private final Execution execution;

  /**
   * A net with trained weights.
   *
   * @param spec without classes where those that the net tells apart are none of the images
   * @param weights in the order of the net's parameters; owned by this from now on, and closed
   *     where it fails
   */
  DatasetFeatures(FeatureSpec spec, Classifier net, Parameters weights) {
    this.spec = spec;
    this.net = net;
    this.parameters = owned.add(weights);
    try {
      Graph graph = new Graph();
      this.input = images(graph, net.size());
      this.outputs = net.define(FeatureMap.ofInput(graph, input));
      this.execution =
          owned.add(
              Executors.chosen()
                  .compile(
                      Program.inference(
                          graph, outputs.pooled(), outputs.logits(), outputs.spatial()),
                      weights));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  private static SDVariable images(Graph graph, ImageSize size) {
    return graph.input("images", BATCHES.size(), 3, size.height(), size.width());
  }

  /** Fresh weights of a net, for a checkpoint to be read into. */
  static Parameters fresh(Classifier net) {
    Graph graph = new Graph();
    net.define(FeatureMap.ofInput(graph, images(graph, net.size())));
    return Parameters.initialize(graph, 0);
  }

  @Override
  public FeatureSpec spec() {
    return spec;
  }

  @Override
  public Features extract(INDArray images) {
    int count = (int) images.size(0);
    ImageSize from = new ImageSize((int) images.size(2), (int) images.size(3));
    float[] pixels = AreaAverage.resize(floats(images), from, net.size());
    int each = pixels.length / count;
    Features all =
        new FeatureBatches(
                execution,
                input,
                BATCHES,
                List.of(outputs.pooled(), outputs.logits(), outputs.spatial(), outputs.spatial()))
            .extract(count, (first, present) -> BATCHES.padded(pixels, each, first, present));
    return spec.classes() > 0 ? all : withoutLogits(all);
  }

  private static Features withoutLogits(Features all) {
    all.logits().ifPresent(INDArray::close);
    return new Features(all.pooled(), Optional.empty(), all.spatial(), all.layout());
  }

  private static float[] floats(INDArray images) {
    try (INDArray copy = images.dup('c')) {
      return Floats.all(copy);
    }
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
    owned.close();
  }
}
