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
import java.util.Optional;
import java.util.stream.Stream;

/** Factorized quantization (FQGAN, Bai et al. 2024) with any number of sub-codebooks. */
public final class FqganProvider implements TokenizerProvider {
  private static final Setting<Integer> BRANCHES =
      Setting.integer("sub-codebooks", 2, 1, 16, "number of branches k; paper 2 or 3");

  private static final Fqgan FQGAN = new Fqgan("fqgan");

  @Override
  public String name() {
    return FQGAN.name();
  }

  @Override
  public String description() {
    return "FQGAN: a large codebook factorized into k small ones";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.<Setting<?>>concat(Stream.of(BRANCHES), Fqgan.settings().stream()).toList();
  }

  @Override
  public void check(Settings settings, int imageSize) {
    Fqgan.check(settings, settings.get(BRANCHES), imageSize);
  }

  @Override
  public Optional<Trunk> trunk(Settings settings) {
    return Fqgan.trunk(settings);
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    return FQGAN.create(settings, settings.get(BRANCHES), context);
  }

  @Override
  public TeacherRequirements teacherRequirements(Settings settings) {
    return FqSettings.teacherRequirements(settings, settings.get(BRANCHES));
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return FQGAN.load(settings, settings.get(BRANCHES), weights);
  }
}
