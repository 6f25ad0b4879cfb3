package dev.vernier.tests.plugins;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import dev.vernier.tokenizers.fq.FqganProvider;
import java.util.Map;

class FqganContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new FqganProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "channels",
        "8",
        "z-channels",
        "8",
        "groups",
        "4",
        "codebook-size",
        "16",
        "multipliers",
        "1,2",
        "perceptual-weight",
        "0");
  }
}
