package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageSize;
import java.nio.file.Path;
import java.util.List;
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
    RgbImage crop = Crop.centre(image("image_" + number), ImageSize.square(size));
    assertThat(crop.rgb()).isEqualTo(image("crop_" + number).rgb());
  }

  @Test
  void random_beginsWithTheHalvingsOfShrunk() throws Exception {
    RgbImage image = image("image_0");
    for (ImageSize size :
        List.of(ImageSize.square(16), new ImageSize(9, 16), new ImageSize(16, 9))) {
      RgbImage shrunk = Crop.shrunk(image, size);
      for (int seed = 0; seed < 8; seed++) {
        RgbImage direct = Crop.random(image, size, new SplittableRandom(seed));
        RgbImage viaShrunk = Crop.random(shrunk, size, new SplittableRandom(seed));
        assertThat(viaShrunk.rgb()).isEqualTo(direct.rgb());
        assertThat(new ImageSize(direct.height(), direct.width())).isEqualTo(size);
      }
      assertThat(Crop.centre(shrunk, size).rgb()).isEqualTo(Crop.centre(image, size).rgb());
    }
  }

  /** A picture whose red value is the column and whose green value is the row. */
  private static RgbImage coordinates(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[i] = (byte) (i % width);
      rgb[width * height + i] = (byte) (i / width);
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void centre_ofOtherShapes_coversThemAndKeepsTheMiddle() {
    RgbImage picture = coordinates(96, 96);
    RgbImage wide = Crop.centre(picture, new ImageSize(54, 96));
    assertThat(wide.rgb()).isEqualTo(picture.crop(0, 21, 96, 54).rgb());
    RgbImage high = Crop.centre(picture, new ImageSize(96, 40));
    assertThat(high.rgb()).isEqualTo(picture.crop(28, 0, 40, 96).rgb());
    RgbImage halved = Crop.centre(coordinates(192, 250), new ImageSize(54, 96));
    assertThat(halved.width()).isEqualTo(96);
    assertThat(halved.height()).isEqualTo(54);
    // Of 250 rows halved to 125 the crop begins at row 35, the mean of 70 and 71.
    assertThat(halved.rgb()[54 * 96]).isEqualTo((byte) 71);
  }

  @Test
  void centre_fitsSidesThatDoNotDivide() {
    for (int height = 8; height < 60; height += 3) {
      for (int width = 8; width < 100; width += 7) {
        RgbImage crop = Crop.centre(coordinates(61, 47), new ImageSize(height, width));
        assertThat(crop.rgb()).hasSize(3 * height * width);
      }
    }
  }

  @Test
  void strip_isCutWithoutAllOfItsPixels() {
    RgbImage strip = coordinates(150, 1);
    RgbImage whole = Resampling.BICUBIC.resize(strip, 150 * 32, 32);
    assertThat(Crop.centre(strip, ImageSize.square(32)).rgb())
        .isEqualTo(whole.crop((150 * 32 - 32) / 2, 0, 32, 32).rgb());
    RgbImage longest = Crop.centre(coordinates(12_000, 1), ImageSize.square(256));
    assertThat(longest.width()).isEqualTo(256);
  }
}
