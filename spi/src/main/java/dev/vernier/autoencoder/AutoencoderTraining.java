package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Profile;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The training of a tokenizer with the VQGAN frame. */
public final class AutoencoderTraining implements TrainableTokenizer {
  private final TokenizerSpec spec;
  private final AutoencoderSettings settings;
  private final Bottleneck bottleneck;
  private final AutoencoderOptimization optimization;

  /**
   * A training from the trunk of the context where there is one, else from fresh weights.
   *
   * @param name of the provider
   */
  public AutoencoderTraining(
      String name, AutoencoderSettings settings, Bottleneck bottleneck, TrainingContext context)
      throws IOException {
    this.settings = settings;
    this.bottleneck = bottleneck;
    this.optimization = new AutoencoderOptimization(settings, bottleneck, context);
    this.spec =
        AutoencoderTokenizer.spec(
            name, settings, bottleneck, context.dataset().spec().imageSize(), kept());
  }

  /** Number of trained values that the tokenizer keeps when the training is over. */
  private long kept() {
    return parameters().count()
        - parameters().names().stream()
            .filter(name -> bottleneck.parameter(name).isEmpty())
            .mapToLong(name -> parameters().get(name).length())
            .sum();
  }

  @Override
  public TokenizerSpec spec() {
    return spec;
  }

  @Override
  public Map<String, Double> step(INDArray images) {
    return optimization.step(images);
  }

  /** The graph of a step, for those who want to compute one in another way. */
  public Graph graph() {
    return optimization.graph();
  }

  /**
   * The execution of a step: after a step it holds that step's inputs and losses. It stays this
   * training's.
   */
  public Execution execution() {
    return optimization.execution();
  }

  /** The weights as they are now, and the gradients of the last step; they stay this training's. */
  public Parameters parameters() {
    return optimization.parameters();
  }

  /** Where the time of the steps went. */
  public Profile profile() {
    return optimization.profile();
  }

  @Override
  public Tokenizer tokenizer() {
    return new AutoencoderTokenizer(spec, settings, bottleneck, optimization::result);
  }

  @Override
  public void save(Path folder) throws IOException {
    optimization.save(folder);
  }

  @Override
  public void restore(Path folder) throws IOException {
    optimization.restore(folder);
  }

  @Override
  public void close() {
    optimization.close();
  }
}
