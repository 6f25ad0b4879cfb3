package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  @Test
  void digits_countByTheirValue() {
    List<String> sorted =
        List.of(
            "",
            "2",
            "02",
            "10",
            "a",
            "a/2",
            "a/10",
            "a1b9",
            "a1b10",
            "a9",
            "a10",
            "a10b",
            "b99999999999999999999",
            "b100000000000000000000");
    List<String> mixed = new ArrayList<>(sorted);
    Collections.shuffle(mixed, new Random(3));
    mixed.sort(NaturalOrder.INSTANCE);
    assertThat(mixed)
        .containsExactlyInAnyOrderElementsOf(sorted)
        .isSortedAccordingTo(NaturalOrder.INSTANCE)
        .containsSubsequence("2", "10", "a", "a/2", "a/10", "a1b9", "a1b10", "a9", "a10", "a10b")
        .containsSubsequence("b99999999999999999999", "b100000000000000000000");
  }

  @Test
  void namesOfOneValue_areTwoNames() {
    assertThat(NaturalOrder.INSTANCE.compare("7", "07")).isNotZero();
    assertThat(NaturalOrder.INSTANCE.compare("7", "7")).isZero();
  }
}
