package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {
  private static NumpyArray array(String name) throws Exception {
    return NumpyArray.read(Path.of(CropTest.class.getResource(name + ".npy").toURI()));
  }

  private static RgbImage image(String name) throws Exception {
    NumpyArray array = array(name);
    return RgbImage.interleaved(array.shape()[1], array.shape()[0], array.data());
  }

  @ParameterizedTest
  @CsvSource({"0, 40", "1, 48"})
  void centre_equalsAdmToTheBit(int number, int size) throws Exception {
    RgbImage crop = Crop.centre(image("image_" + number), size);
    assertThat(crop.rgb()).isEqualTo(image("crop_" + number).rgb());
  }

  @Test
  void random_beginsWithTheHalvingsOfShrunk() throws Exception {
    RgbImage image = image("image_0");
    RgbImage direct = Crop.random(image, 16, new SplittableRandom(5));
    RgbImage viaShrunk = Crop.random(Crop.shrunk(image, 16), 16, new SplittableRandom(5));
    assertThat(viaShrunk.rgb()).isEqualTo(direct.rgb());
    assertThat(Crop.centre(Crop.shrunk(image, 16), 16).rgb())
        .isEqualTo(Crop.centre(image, 16).rgb());
  }
}
