package dev.vernier.tests.plugins;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import dev.vernier.tokenizers.fq.FqganDualProvider;
import java.util.Map;

class FqganDualContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new FqganDualProvider();
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
        "64",
        // So that what a branch counts between restarts is in a checkpoint.
        "restart-after",
        "2",
        "multipliers",
        "1,2",
        "perceptual-weight",
        "0");
  }
}
