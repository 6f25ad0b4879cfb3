package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.Window;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * VQGAN's adaptive weight: the norm of the gradient of the reconstruction losses at the weights of
 * the decoder's last convolution over that of the adversarial loss plus 1e-4, in [0, 1e4]. The
 * gradient at a convolution's weights depends on its input and its output's gradient only, so the
 * decoder itself need not run again.
 */
public final class AdaptiveWeight implements AutoCloseable {
  private static final double LARGEST = 1e4;
  private static final double SMALLEST_NORM = 1e-4;
  private static final int SIZE = 3;
  private static final String WEIGHT = "weight";

  private final SDVariable features;
  private final SDVariable gradient;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final Execution execution;

  /**
   * For a last convolution with filters of 3 x 3 and three outputs.
   *
   * @param featureShape of the convolution's input, {@code [batch, height, width, channels]}
   */
  public AdaptiveWeight(long... featureShape) {
    Graph graph = new Graph();
    int batch = (int) featureShape[0];
    int height = (int) featureShape[1];
    int width = (int) featureShape[2];
    int channels = (int) featureShape[3];
    this.features = graph.input("features", featureShape);
    this.gradient = graph.input("gradient", batch, 3, height, width);
    FeatureMap map = new FeatureMap(graph, features, batch, height, width, channels);
    SDVariable weight = graph.parameter(WEIGHT, Initializer.constant(0), 3, channels, SIZE, SIZE);
    SDVariable bias = Convolution.noBias(graph, "last", 3);
    SDVariable output =
        Convolution.with(map, weight, bias, 3, Window.keeping(SIZE, SIZE)).channelsFirst();
    try {
      Program program = Program.training(graph, output.mul(gradient).sum());
      this.parameters = owned.add(Parameters.initialize(graph, 0));
      this.execution = owned.add(Executors.chosen().compile(program, parameters));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  /**
   * The weight.
   *
   * @param seen the convolution's input
   * @param reconstruction gradient of the reconstruction losses at the convolution's output
   * @param adversarial that of the adversarial loss
   */
  public double of(INDArray seen, INDArray reconstruction, INDArray adversarial) {
    execution.set(features, seen);
    double ratio = norm(reconstruction) / (norm(adversarial) + SMALLEST_NORM);
    return Math.min(LARGEST, Math.max(0, ratio));
  }

  private double norm(INDArray atOutput) {
    execution.set(gradient, atOutput);
    execution.run();
    return parameters.gradient(WEIGHT).norm2Number().doubleValue();
  }

  /** The gradient at the weights for the gradient at the output that was last looked at. */
  public INDArray lastGradient() {
    return parameters.gradient(WEIGHT);
  }

  @Override
  public void close() {
    owned.close();
  }
}
