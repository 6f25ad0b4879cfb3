package __package__;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.tests.TokenizerContract;
import java.util.Map;

/** Vernier's own tests of a tokenizer; it inherits them. */
class __Name__ContractTest extends TokenizerContract {
  @Override
  protected TokenizerProvider provider() {
    return new __Name__Provider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("codebook-size", "16");
  }
}
