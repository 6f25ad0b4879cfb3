package dev.vernier.tests.plugins;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import dev.vernier.tokenizers.vq.lbg.LbgProvider;
import java.util.Map;

class LbgContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new LbgProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("codebook-size", "17", "patch", "2", "iterations", "2");
  }
}
