package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.CrossEntropy;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageSize;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the nets of a dataset learn from images, and say of them. */
public final class ClassifierNumbers {
  private static final int SIDE = 24;
  private static final int CLASSES = 3;

  private ClassifierNumbers() {}

  /**
   * Gradients of a step, and features, by net and kind.
   *
   * @param images {@code [batch, 3, 24, 24]}
   */
  public static Map<String, Map<String, float[]>> of(INDArray images) {
    return Map.of(
        "residual classifier", of(new ResidualClassifier(ImageSize.square(SIDE), CLASSES), images),
        "token classifier", of(new TokenClassifier(ImageSize.square(SIDE), CLASSES), images));
  }

  private static Map<String, float[]> of(Classifier net, INDArray images) {
    int batch = (int) images.size(0);
    Graph graph = new Graph();
    SDVariable input = graph.input("images", batch, 3, SIDE, SIDE);
    SDVariable right = graph.integers("labels", batch);
    SDVariable logits = net.define(FeatureMap.ofInput(graph, input)).logits();
    SDVariable loss = graph.apply(new CrossEntropy(CLASSES), logits, right).mean();
    Map<String, float[]> numbers = new TreeMap<>();
    Parameters parameters = Parameters.initialize(graph, 3);
    try (Execution execution =
        Executors.chosen().compile(Program.training(graph, loss), parameters)) {
      execution.set(input, Floats.all(images));
      int[] labels = new int[batch];
      for (int i = 0; i < batch; i++) {
        labels[i] = i % CLASSES;
      }
      execution.set(right, labels);
      execution.run();
      numbers.put("loss", execution.floats(loss));
      numbers.put("gradients", Floats.all(parameters.gradients()));
    }
    FeatureSpec spec =
        new FeatureSpec("any", Classifier.DIMENSION, CLASSES, Classifier.DIMENSION, "any", false);
    try (DatasetFeatures extractor = new DatasetFeatures(spec, net, parameters);
        Features features = extractor.extract(images)) {
      numbers.put("pooled", Floats.all(features.pooled()));
      numbers.put("spatial", Floats.all(features.spatial().orElseThrow()));
      numbers.put("logits", Floats.all(features.logits().orElseThrow()));
    }
    return numbers;
  }
}
