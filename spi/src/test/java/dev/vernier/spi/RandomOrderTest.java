package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomOrderTest {
  @Test
  void order_holdsEveryNumberOnceAndIsTheSeeds() {
    int[] order = RandomOrder.of(50, new SplittableRandom(3));
    assertThat(order).isNotEqualTo(ascending()).containsExactlyInAnyOrder(ascending());
    assertThat(RandomOrder.of(50, new SplittableRandom(3))).isEqualTo(order);
    assertThat(RandomOrder.of(50, new SplittableRandom(4))).isNotEqualTo(order);
  }

  private static int[] ascending() {
    return IntStream.range(0, 50).toArray();
  }

  @Test
  void some_areDistinct_andAscendingWhereTheyAreAll() {
    SplittableRandom random = new SplittableRandom(3);
    assertThat(RandomOrder.some(50, 20, random)).hasSize(20).doesNotHaveDuplicates();
    assertThat(RandomOrder.some(50, 50, random)).isEqualTo(ascending());
    assertThat(RandomOrder.some(50, 0, random)).isEmpty();
  }
}
