package dev.vernier.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VqUpkeepTest {
  /** Shifted streams would share most of their numbers. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 12_345})
  void draws_ofDifferentSteps_haveNothingInCommon(long seed) {
    List<Long> all =
        LongStream.rangeClosed(1, 10)
            .flatMap(step -> VqUpkeep.draws(seed, step).longs(100))
            .boxed()
            .toList();
    assertThat(all).hasSize(1000).doesNotHaveDuplicates();
  }
}
