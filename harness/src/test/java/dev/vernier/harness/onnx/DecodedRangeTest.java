package dev.vernier.harness.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedRangeTest {
  /** The range that a decoder seems to have whose images reach from one value to another. */
  private static Optional<String> likelier(
      String taken, float black, float white, float lowest, float highest) {
    DecodedRange range = new DecodedRange(Normalization.of(taken));
    range.addImages(new float[] {black, white, black, white, black, white}, 2);
    range.addDecoded(new float[] {lowest, highest, lowest, highest, lowest, highest}, 2);
    return range.likelier().map(Normalization::label);
  }

  @ParameterizedTest
  @CsvSource({
    "-1..1, 0, 1, 0..1",
    "-1..1, 0.1, 0.92, 0..1",
    "-1..1, -0.1, 1.1, 0..1",
    "0..1, -1, 1, -1..1",
    "0..1, -1.2, 1.2, -1..1",
    "0..1, 0, 255, 0..255",
    "-1..1, 3, 250, 0..255",
    "0..255, 0, 1, 0..1",
    "0..255, -1, 1, -1..1",
    "imagenet, 0, 1, 0..1",
    "clip, 0, 255, 0..255"
  })
  void valuesOfAnotherRange_areKnownForIt(
      String taken, float lowest, float highest, String likelier) {
    assertThat(likelier(taken, -1, 1, lowest, highest)).contains(likelier);
  }

  @ParameterizedTest
  @CsvSource({
    // As they should be, clamped or not.
    "-1..1, -1, 1",
    "-1..1, -1.6, 1.7",
    "0..1, 0, 1",
    "0..1, -0.4, 1.5",
    "0..255, 0, 255",
    "0..255, -40, 290",
    "imagenet, -1.8, 2.2",
    // Of little contrast, as of a decoder that has learned nothing yet: dark, grey, or bright.
    "-1..1, -0.9, -0.5",
    "-1..1, 0.1, 0.3",
    "-1..1, 0.5, 0.9",
    "-1..1, 0, 0",
    "0..1, 0.4, 0.6",
    "0..255, 90, 160",
    "imagenet, -1, 1",
    "clip, -0.5, 0.6",
    // Of no range at all.
    "0..1, -7, 9",
    "-1..1, NaN, NaN"
  })
  void valuesOfTheirRange_howeverPoor_areTaken(String taken, float lowest, float highest) {
    assertThat(likelier(taken, -1, 1, lowest, highest)).isEmpty();
  }

  @Test
  void brightImages_areNoOtherRange() {
    assertThat(likelier("-1..1", 0, 1, 0, 1)).isEmpty();
    assertThat(likelier("0..1", 0, 1, 0, 1)).contains("-1..1");
  }

  @Test
  void oneColourInItsRange_isEnough() {
    DecodedRange range = new DecodedRange(Normalization.of("-1..1"));
    range.addImages(new float[] {-1, 1, -1, 1, -1, 1}, 2);
    range.addDecoded(new float[] {0, 1, -1, 1, 0, 1}, 2);
    assertThat(range.likelier()).isEmpty();
  }

  @Test
  void withoutImages_nothingIsSaid() {
    assertThat(new DecodedRange(Normalization.of("-1..1")).likelier()).isEmpty();
  }
}
