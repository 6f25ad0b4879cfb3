package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Vector quantization of image patches as it was before neural networks (Linde, Buzo and Gray 1980,
 * "An Algorithm for Vector Quantizer Design"): the floor under learned tokenizers of the same
 * codebook size and downsampling.
 */
public final class LbgProvider implements TokenizerProvider {
  static final String NAME = "lbg";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "LBG: nearest-neighbour quantization of image patches themselves, by k-means; no network";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(LbgSettings.class);
  }

  @Override
  public void check(Settings settings, ImageSize imageSize) {
    settings.bind(LbgSettings.class).grid(imageSize);
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    return settings.bind(LbgSettings.class).subCodebooks();
  }

  @Override
  public int downsampling(Settings settings) {
    return settings.bind(LbgSettings.class).side();
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) {
    return new LbgTraining(settings.bind(LbgSettings.class), context);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return LbgTokenizer.load(settings.bind(LbgSettings.class), weights);
  }
}
