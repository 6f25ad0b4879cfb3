package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TenCropTest {
  private static final ImageSize SIZE = new ImageSize(30, 20);

  /** One image, in one size or in any: a pixel's red is its column, its green its row. */
  private record Coordinates(boolean anySize) implements ImageDataset {
    private static LabelledImage of(ImageSize size) {
      byte[] rgb = new byte[3 * size.area()];
      for (int i = 0; i < size.area(); i++) {
        rgb[i] = (byte) (i % size.width());
        rgb[size.area() + i] = (byte) (i / size.width());
      }
      return new LabelledImage("one", 4, size, rgb);
    }

    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("coordinates", SIZE, List.of(), "");
    }

    @Override
    public int size(Split split) {
      return 1;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      return of(SIZE);
    }

    @Override
    public Optional<LabelledImage> resized(int index, ImageSize size) {
      return anySize ? Optional.of(of(size)) : Optional.empty();
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  private static List<Integer> pixel(LabelledImage image, int column, int row) {
    int at = row * image.size().width() + column;
    return List.of(image.rgb()[at] & 0xff, image.rgb()[image.size().area() + at] & 0xff);
  }

  @Test
  void crops_areThoseOfTorchvision() {
    List<LabelledImage> crops = TenCrop.of(new Coordinates(true), 0);
    // 30 x 20 out of 33 x 22; of the 3 rows that are left, 2 lie above the centre.
    List<List<Integer>> corners =
        List.of(List.of(0, 0), List.of(2, 0), List.of(0, 3), List.of(2, 3), List.of(1, 2));
    assertThat(crops).hasSize(TenCrop.COUNT);
    for (int i = 0; i < 5; i++) {
      int left = corners.get(i).get(0);
      int top = corners.get(i).get(1);
      assertThat(crops.get(i).size()).isEqualTo(SIZE);
      assertThat(crops.get(i).label()).isEqualTo(4);
      assertThat(pixel(crops.get(i), 0, 0)).containsExactly(left, top);
      assertThat(pixel(crops.get(i), 19, 29)).containsExactly(left + 19, top + 29);
      assertThat(pixel(crops.get(5 + i), 0, 0)).containsExactly(21 - left, top);
      assertThat(pixel(crops.get(5 + i), 19, 29)).containsExactly(2 - left, top + 29);
    }
  }

  @Test
  void imagesOfOneSize_areEnlarged() {
    LabelledImage plain = Coordinates.of(SIZE);
    RgbImage larger =
        Resampling.BICUBIC.resize(new RgbImage(20, 30, plain.rgb()), 22, 33).crop(2, 3, 20, 30);
    assertThat(TenCrop.of(new Coordinates(false), 0).get(3).rgb()).isEqualTo(larger.rgb());
  }

  @Test
  void imagesOfAFolder_areCroppedFromTheOriginal() throws Exception {
    Path file = Path.of(TenCropTest.class.getResource("image_0.npy").toURI());
    NumpyArray array = NumpyArray.read(file);
    RgbImage original = RgbImage.interleaved(array.shape()[1], array.shape()[0], array.data());
    for (ImageSize size : List.of(ImageSize.square(10), new ImageSize(16, 40))) {
      ImageSize larger = new ImageSize(size.height() * 11 / 10, size.width() * 11 / 10);
      RgbImage direct = Crop.centre(original, larger);
      RgbImage shrunk = Crop.centre(Crop.shrunk(original, size), larger);
      assertThat(shrunk.rgb()).isEqualTo(direct.rgb());
    }
  }
}
