package dev.vernier.autoencoder;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.Trunk;
import java.util.Optional;

/**
 * A family of tokenizers that are the common encoder and decoder around a bottleneck of its own.
 * What is looked at before a training, and what it begins from, is theirs.
 */
public interface AutoencoderProvider extends TokenizerProvider {
  /** The encoder, the decoder and their training, as settings ask for them. */
  AutoencoderSettings frame(Settings settings);

  @Override
  default void check(Settings settings, ImageSize imageSize) {
    frame(settings).check(imageSize);
  }

  @Override
  default void checkSteps(Settings settings, long steps) {
    frame(settings).checkSteps(steps);
  }

  @Override
  default void checkBatch(Settings settings, ImageSize imageSize, int batchSize) {
    frame(settings).checkBatch(imageSize, batchSize);
  }

  @Override
  default int downsampling(Settings settings) {
    return frame(settings).downsampling();
  }

  @Override
  default boolean perceptual(Settings settings) {
    return frame(settings).perceptual();
  }

  @Override
  default Optional<Trunk> trunk(Settings settings) {
    return AutoencoderTrunk.of(frame(settings));
  }
}
