package dev.vernier.tokenizers.fq;

import dev.vernier.spi.Declared;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.List;
import java.util.stream.Stream;

/** Factorized quantization (FQGAN, Bai et al. 2024) with any number of sub-codebooks. */
public final class FqganProvider extends FqganFamily {
  /** What it is given besides the family's settings. */
  private record Options(
      @Declared(byDefault = "2", from = 1, to = 16, meaning = "number of branches k; paper 2 or 3")
          int subCodebooks) {}

  @Override
  public String name() {
    return "fqgan";
  }

  @Override
  public String description() {
    return "FQGAN: a large codebook factorized into k small ones";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Setting.of(Options.class).stream(), super.settings().stream()).toList();
  }

  @Override
  int branches(Settings settings) {
    return settings.bind(Options.class).subCodebooks();
  }
}
