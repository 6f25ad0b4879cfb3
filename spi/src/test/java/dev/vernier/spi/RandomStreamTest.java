package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
  /** Shifted streams would share most of their numbers. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 12_345})
  void streams_ofOneSeed_haveNothingInCommon(long seed) {
    List<Long> all =
        LongStream.rangeClosed(1, 10)
            .flatMap(number -> RandomStream.of(seed, number).longs(100))
            .boxed()
            .toList();
    assertThat(all).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void streams_ofSeveralSeeds_haveNothingInCommon() {
    List<Long> all =
        LongStream.rangeClosed(1, 10)
            .flatMap(seed -> RandomStream.of(seed, 0).longs(100))
            .boxed()
            .toList();
    assertThat(all).hasSize(1000).doesNotHaveDuplicates();
  }
}
