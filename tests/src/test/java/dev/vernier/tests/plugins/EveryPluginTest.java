package dev.vernier.tests.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.TokenizerProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nobody is forgotten: each registered tokenizer has its contract test. */
class EveryPluginTest {
  private static final List<TokenizerProvider> TESTED =
      List.of(
          new LbgContractTest().provider(),
          new VqganContractTest().provider(),
          new VqLcContractTest().provider(),
          new LfqContractTest().provider(),
          new FqganContractTest().provider(),
          new FqganDualContractTest().provider(),
          new FqganTripleContractTest().provider());

  @Test
  void everyRegisteredTokenizer_isTested() {
    Set<Class<?>> registered =
        ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::type)
            .collect(Collectors.toSet());
    assertThat(TESTED.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(registered);
  }
}
