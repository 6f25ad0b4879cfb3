package dev.vernier.tests.golden;

import dev.vernier.harness.data.Crop;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageSize;
import java.util.Map;

/** The preprocessing of pictures. */
final class PictureCases {
  private PictureCases() {}

  static Map<String, GoldenHandler> handlers() {
    return Map.of("center_crop_adm", PictureCases::crops);
  }

  private static void crops(GoldenCase golden) {
    for (int i = 0; i < golden.parameters().get("cases").size(); i++) {
      NumpyArray image = golden.array("image_" + i);
      int size = golden.parameters().get("cases").get(i).get(2).asInt();
      RgbImage picture = RgbImage.interleaved(image.shape()[1], image.shape()[0], image.data());
      byte[] planar = Crop.centre(picture, ImageSize.square(size)).rgb();
      double[] pixels = new double[planar.length];
      int area = size * size;
      for (int p = 0; p < planar.length; p++) {
        pixels[3 * (p % area) + p / area] = planar[p] & 0xff;
      }
      golden.expect("crop_" + i, pixels);
    }
  }
}
