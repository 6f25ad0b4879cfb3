package __package__;

import dev.vernier.spi.ImageSize;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Colours that stand for blocks of images.
 *
 * @param imageSize of the images
 * @param block side of a block in pixels
 * @param colours {@code [K][3]}, red, green and blue in [-1, 1]
 */
record Codebook(ImageSize imageSize, int block, float[][] colours) {
  private static final String FILE = "codebook.safetensors";
  private static final String COLOURS = "colours";
  private static final String IMAGE_SIZE = "image-size";

  /** Where a pixel's block stands among all blocks of all images. */
  private int place(int image, int y, int x) {
    int rows = imageSize.height() / block;
    int columns = imageSize.width() / block;
    return (image * rows + y / block) * columns + x / block;
  }

  /**
   * The mean colour of every block, image by image and row by row.
   *
   * @param images {@code [N, 3, height, width]}; stays the caller's
   */
  float[][] blocks(INDArray images) {
    float[] pixels;
    try (INDArray rows = images.dup('c')) {
      pixels = rows.data().asFloat();
    }
    int area = imageSize.area();
    float[][] means = new float[pixels.length / 3 / block / block][3];
    for (int i = 0; i < pixels.length; i++) {
      int place = place(i / area / 3, i % area / imageSize.width(), i % imageSize.width());
      means[place][i / area % 3] += pixels[i] / (block * block);
    }
    return means;
  }

  /**
   * Images of blocks of one colour each.
   *
   * @param codes one for each block, image by image and row by row
   * @return {@code [N, 3, height, width]}; the caller closes it
   */
  INDArray images(int[] codes) {
    int area = imageSize.area();
    float[] pixels = new float[codes.length * block * block * 3];
    for (int i = 0; i < pixels.length; i++) {
      int place = place(i / area / 3, i % area / imageSize.width(), i % imageSize.width());
      pixels[i] = colours[codes[place]][i / area % 3];
    }
    int count = pixels.length / area / 3;
    return Nd4j.createFromArray(pixels).reshape(count, 3, imageSize.height(), imageSize.width());
  }

  /** The code of the colour that is nearest to one. */
  int nearest(float[] colour) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int code = 0; code < colours.length; code++) {
      float distance = distance(colour, code);
      if (distance < least) {
        nearest = code;
        least = distance;
      }
    }
    return nearest;
  }

  /** The squared distance between a colour and that of a code. */
  float distance(float[] colour, int code) {
    float sum = 0;
    for (int c = 0; c < 3; c++) {
      float difference = colour[c] - colours[code][c];
      sum += difference * difference;
    }
    return sum;
  }

  /** The same with colours of its own, which do not change with these. */
  Codebook copy() {
    float[][] copies = new float[colours.length][];
    for (int code = 0; code < copies.length; code++) {
      copies[code] = colours[code].clone();
    }
    return new Codebook(imageSize, block, copies);
  }

  void save(Path folder) throws IOException {
    float[] values = new float[colours.length * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = colours[i / 3][i % 3];
    }
    Safetensors.write(
        folder.resolve(FILE),
        Map.of(COLOURS, new Safetensors.Tensor(new long[] {colours.length, 3}, values)),
        Map.of(IMAGE_SIZE, imageSize.text()));
  }

  static Codebook load(__Name__Settings settings, Path folder) throws IOException {
    try (WeightFile file = WeightFile.open(folder.resolve(FILE))) {
      float[] values = file.read(COLOURS);
      float[][] colours = new float[values.length / 3][3];
      for (int i = 0; i < values.length; i++) {
        colours[i / 3][i % 3] = values[i];
      }
      ImageSize imageSize = ImageSize.parse(file.metadata().get(IMAGE_SIZE));
      return new Codebook(imageSize, settings.block(), colours);
    }
  }
}
