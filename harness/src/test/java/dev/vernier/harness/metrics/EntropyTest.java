package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntropyTest {
  private static final long[] COUNTS = {1, 1, 1, 2, 2, 3, 5, 8, 13, 21};

  @Test
  void estimates_equalNumPy() {
    // p = c / c.sum(); H = -(p * numpy.log2(p)).sum(); H + (len(c) - 1) / (2 * c.sum()) / log(2);
    // q = (1 - 3 / 57) * p; -(q * numpy.log2(q) / (1 - (1 - q)**57)).sum()
    assertThat(Entropy.plugIn(COUNTS)).isCloseTo(2.59238281783512, within(1e-12));
    assertThat(Entropy.millerMadow(COUNTS)).isCloseTo(2.7062797947474064, within(1e-12));
    assertThat(Entropy.chaoShen(COUNTS)).isCloseTo(2.7843390346354764, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 26})
  void chaoShen_fewTokensOfManyCodes_findsTheBitsThatThePlugInCannot(int bits) {
    List<SubCodebook> one = List.of(new SubCodebook("code", 1 << bits));
    CodeTable table = new CodeTable(one);
    int[] codes = new Random(bits).ints(128_000, 0, 1 << bits).toArray();
    table.add(new Tokens(codes, 125, one, 32, 32));
    long[] ascending = new CodebookHistogram(table).ascending().get(0);
    assertThat(Entropy.plugIn(ascending)).isCloseTo(16.95, within(0.02));
    assertThat(Entropy.millerMadow(ascending)).isLessThan(18);
    // The coverage comes from pairs of equal tokens: 1,950 of 22 bits, 122 of 26.
    assertThat(Entropy.chaoShen(ascending)).isCloseTo(bits, within(bits == 22 ? 0.15 : 0.5));
  }

  @Test
  void estimates_enoughTokens_agree() {
    long[] uniform = new long[256];
    Arrays.fill(uniform, 1000);
    assertThat(Entropy.plugIn(uniform)).isCloseTo(8, within(1e-9));
    assertThat(Entropy.chaoShen(uniform)).isCloseTo(8, within(1e-9));
    assertThat(Entropy.millerMadow(uniform)).isCloseTo(8, within(1e-3));
  }

  @Test
  void chaoShen_extremes_areFinite() {
    assertThat(Entropy.chaoShen(new long[] {9})).isZero();
    assertThat(Entropy.chaoShen(new long[] {1})).isZero();
    // No code twice: one is taken to have been, and the coverage of 1 in 1,000 is a lower bound.
    long[] once = new long[1000];
    Arrays.fill(once, 1);
    assertThat(Entropy.chaoShen(once)).isBetween(19.0, 21.0);
  }
}
