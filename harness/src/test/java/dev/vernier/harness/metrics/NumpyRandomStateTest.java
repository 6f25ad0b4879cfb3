package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyRandomStateTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 2020})
  void draws_goldenSeeds_equalNumpy(int seed) {
    String name = "numpy_randomstate/";
    long[] raw = Golden.longs(name + "raw_" + seed);
    NumpyRandomState numbers = new NumpyRandomState(seed);
    assertThat(LongStream.generate(numbers::next).limit(raw.length)).containsExactly(box(raw));
    NumpyRandomState draws = new NumpyRandomState(seed);
    assertThat(draws.permutation(1003)).isEqualTo(Golden.integers(name + "permutation_" + seed));
    assertThat(draws.choice(600, 100)).isEqualTo(Golden.integers(name + "choice_" + seed));
  }

  private static Long[] box(long[] values) {
    return LongStream.of(values).boxed().toArray(Long[]::new);
  }

  @Test
  void constructor_negativeSeed_isRefused() {
    assertThatThrownBy(() -> new NumpyRandomState(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void choice_moreThanThereAre_isRefused() {
    assertThatThrownBy(() -> new NumpyRandomState(1).choice(3, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 of 3");
  }
}
