package dev.vernier.tokenizers.fq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.Pupils;
import dev.vernier.spi.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FqganProviderTest {
  @Test
  void pupils_areWhatTheSettingsSay() {
    FqganProvider provider = new FqganProvider();
    Map<String, String> four =
        Map.of("representation-weight", "0.5", "prediction-heads", "2", "sub-codebooks", "4");
    assertThat(provider.pupils(Settings.defaults(provider.settings()))).isEqualTo(Pupils.NONE);
    assertThat(provider.pupils(Settings.of(provider.settings(), four)))
        .isEqualTo(new Pupils(List.of("branch-3"), List.of("branch-0", "branch-1", "branch-2")));
  }
}
