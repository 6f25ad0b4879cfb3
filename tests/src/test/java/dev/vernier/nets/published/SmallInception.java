package dev.vernier.nets.published;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;

/** Inception on an image as small as it takes. */
public final class SmallInception {
  private static final int HEIGHT = 75;
  private static final int WIDTH = 107;

  private SmallInception() {}

  /** Writes random weights. */
  public static void writeWeights(Path file) throws IOException {
    InceptionCase.write(file, 1);
  }

  /** What it says of a random image. */
  public static Map<String, float[]> numbers(Path file) throws IOException {
    Graph graph = new Graph();
    SDVariable images = graph.input("images", 1, 3, HEIGHT, WIDTH);
    try (PublishedWeights weights = new PublishedWeights(file, InceptionNet.LANDMARK)) {
      InceptionNet.Outputs outputs =
          new InceptionNet(weights).define(FeatureMap.ofInput(graph, images));
      float[] pixels = new float[3 * HEIGHT * WIDTH];
      Random random = new Random(2);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 2 * random.nextFloat() - 1;
      }
      try (Parameters none = Parameters.initialize(graph, 0);
          Execution execution =
              Executors.chosen()
                  .compile(
                      Program.inference(
                          graph, outputs.pooled(), outputs.logits(), outputs.layout()),
                      none)) {
        execution.set(images, pixels);
        execution.run();
        return Map.of(
            "pooled", execution.floats(outputs.pooled()),
            "logits", execution.floats(outputs.logits()),
            "layout", execution.floats(outputs.layout()));
      }
    }
  }
}
