package dev.vernier.tests.plugins;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import dev.vernier.tokenizers.fq.FqganTripleProvider;
import java.util.Map;

class FqganTripleContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new FqganTripleProvider();
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
        "0",
        "representation-weight",
        "0.5",
        "prediction-heads",
        "3");
  }
}
