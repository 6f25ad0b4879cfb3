package dev.vernier.tests.plugins;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import dev.vernier.tokenizers.vq.VqLcProvider;
import java.util.Map;

class VqLcContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new VqLcProvider();
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
