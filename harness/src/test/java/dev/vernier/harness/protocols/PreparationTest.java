package dev.vernier.harness.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected arrays are those of {@code make_protocols.py}. */
class PreparationTest {
  private static NumpyArray array(String name) throws Exception {
    return NumpyArray.read(Path.of(PreparationTest.class.getResource(name + ".npy").toURI()));
  }

  private static RgbImage image(String name) throws Exception {
    NumpyArray array = array(name);
    return RgbImage.interleaved(array.shape()[1], array.shape()[0], array.data());
  }

  @ParameterizedTest
  @CsvSource({
    "BILINEAR, bilinear_0, 0, 40",
    "BILINEAR, bilinear_1, 1, 48",
    "BICUBIC, bicubic_0, 0, 40",
    "BICUBIC, bicubic_1, 1, 48",
    "ADM, ../data/crop_0, 0, 40",
    "ADM, ../data/crop_1, 1, 48"
  })
  void of_equalsPillowToTheBit(Preparation way, String expected, int number, int side)
      throws Exception {
    RgbImage prepared = way.of(image("../data/image_" + number), side);
    assertThat(prepared.rgb()).isEqualTo(image(expected).rgb());
  }

  /**
   * OpenCV itself is not at hand: its arithmetic drops fractions twice before it rounds, which
   * loses an eighth of a level against exact bilinear weights on average.
   */
  @ParameterizedTest
  @CsvSource({"0, 40", "1, 48"})
  void aliased_isBilinearWithinALevel(int number, int side) throws Exception {
    byte[] prepared = Preparation.ALIASED.of(image("../data/image_" + number), side).rgb();
    double[] exact = array("aliased_" + number).doubles();
    double drift = 0;
    for (int i = 0; i < prepared.length; i++) {
      double expected = exact[3 * (i % (side * side)) + i / (side * side)];
      assertThat((double) (prepared[i] & 0xff)).isCloseTo(expected, within(1.0));
      drift += (prepared[i] & 0xff) - expected;
    }
    assertThat(drift / prepared.length).isCloseTo(-0.125, within(0.05));
  }

  /** By hand: shares of 1/4 and 3/4 are 512 and 1536 of 2048. */
  @Test
  void aliased_enlargedLine_followsTheFixedPointArithmetic() {
    RgbImage square =
        new RgbImage(2, 2, new byte[] {0, 100, 0, 100, 0, 100, 0, 100, 0, 100, 0, 100});
    RgbImage enlarged = Preparation.ALIASED.of(square, 4);
    assertThat(enlarged.crop(0, 0, 4, 1).rgb())
        .containsExactly(0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100);
  }

  @Test
  void aliased_halvedImage_isTheMeanOfFourPixels() {
    byte[] plane = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17};
    byte[] rgb = new byte[48];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(plane, 0, rgb, 16 * channel, 16);
    }
    assertThat(Preparation.ALIASED.of(new RgbImage(4, 4, rgb), 2).rgb())
        .containsExactly(4, 6, 12, 14, 4, 6, 12, 14, 4, 6, 12, 14);
  }

  @ParameterizedTest
  @EnumSource
  void of_squareOfThatSize_isTheImageItself(Preparation way) throws Exception {
    RgbImage square = image("../data/crop_0");
    assertThat(way.of(square, 40)).isSameAs(square);
  }
}
