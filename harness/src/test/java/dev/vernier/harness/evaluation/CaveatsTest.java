package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.MetricKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CaveatsTest {
  /** Of 40 images, 10 of the first class would have to be of the second. */
  @Test
  void unevenReference_isNamedWithTheShareThatMakesIt() {
    assertThat(Caveats.ofClasses(MetricKind.GFID, new int[] {30, 10}))
        .hasValue(
            "classes take turns in what is drawn; to be as even, 25% of the reference would have"
                + " to be of other classes: gFID, and all else that compares the two, includes"
                + " that mismatch");
  }

  @Test
  void nearlyEvenReference_isNotSpokenOf() {
    assertThat(Caveats.ofClasses(MetricKind.GFID, new int[] {12, 12, 13})).isEmpty();
    assertThat(Caveats.ofClasses(MetricKind.GFID, new int[] {12})).isEmpty();
    int[] imageNet = new int[1000];
    Arrays.fill(imageNet, 1300);
    Arrays.fill(imageNet, 0, 105, 1121);
    assertThat(Caveats.ofClasses(MetricKind.GFID, imageNet)).isEmpty();
  }
}
