package dev.vernier.tokenizers.fq;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** FQGAN-Triple (Bai et al. 2024): a visual, a middle and a high sub-codebook. */
public final class FqganTripleProvider implements TokenizerProvider {
  private static final int BRANCHES = 3;
  private static final Fqgan FQGAN = new Fqgan("fqgan-triple");

  @Override
  public String name() {
    return FQGAN.name();
  }

  @Override
  public String description() {
    return "FQGAN-Triple: three sub-codebooks, each with its own adapter and quantizer";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Fqgan.settings();
  }

  @Override
  public void check(Settings settings, int imageSize) {
    Fqgan.check(settings, BRANCHES, imageSize);
  }

  @Override
  public Optional<Trunk> trunk(Settings settings) {
    return Fqgan.trunk(settings);
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    return FQGAN.create(settings, BRANCHES, context);
  }

  @Override
  public TeacherRequirements teacherRequirements(Settings settings) {
    return FqSettings.teacherRequirements(settings, BRANCHES);
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return Fqgan.published(BRANCHES, weights);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return FQGAN.load(settings, BRANCHES, weights);
  }
}
