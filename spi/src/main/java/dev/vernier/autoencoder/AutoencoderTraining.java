package dev.vernier.autoencoder;

import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;

/** The training of a tokenizer with the VQGAN frame. */
public final class AutoencoderTraining extends AutoencoderOptimization
    implements TrainableTokenizer {
  private final TokenizerSpec spec;
  private final AutoencoderSettings settings;
  private final Bottleneck bottleneck;

  /**
   * A training from the trunk of the context where there is one, else from fresh weights.
   *
   * @param name of the provider
   */
  public AutoencoderTraining(
      String name, AutoencoderSettings settings, Bottleneck bottleneck, TrainingContext context)
      throws IOException {
    super(settings, bottleneck, context);
    this.settings = settings;
    this.bottleneck = bottleneck;
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
  public Tokenizer tokenizer() {
    return new AutoencoderTokenizer(spec, settings, bottleneck, this::result);
  }
}
