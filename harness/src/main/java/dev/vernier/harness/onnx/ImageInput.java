package dev.vernier.harness.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import dev.vernier.spi.UsageException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The images that a model takes, float {@code [batch, 3, side, side]}.
 *
 * @param name of the input
 * @param batch images a run; 1 where the model takes any number, so that an image has no company
 * @param side height and width
 */
record ImageInput(String name, int batch, int side) {
  private static final int CHANNELS = 3;
  private static final int USUAL_SIDE = 224;
  private static final String WANTED = "a feature extractor has one input, float [N, 3, H, W]";

  /**
   * Reads it off a model.
   *
   * @param inputs by name
   * @param side the side that is asked for; 0 for the model's own
   * @throws UsageException if the model takes no images, or none of that side
   */
  static ImageInput of(Map<String, NodeInfo> inputs, int side, Path file) {
    if (inputs.size() != 1) {
      throw new UsageException(
          file
              + " has the inputs "
              + inputs.keySet()
              + ", but "
              + WANTED
              + ": export the image encoder alone");
    }
    NodeInfo input = inputs.values().iterator().next();
    if (!(input.getInfo() instanceof TensorInfo info)
        || info.type != OnnxJavaType.FLOAT
        || info.getShape().length != 4) {
      throw new UsageException(
          "the input %s of %s is %s, but %s: export the image encoder alone, in float32"
              .formatted(input.getName(), file, described(input), WANTED));
    }
    long[] shape = info.getShape();
    if (shape[1] > 0 && shape[1] != CHANNELS) {
      throw new UsageException(
          file
              + " takes images of "
              + shape[1]
              + " channels, and images have 3: export a model for RGB images");
    }
    return new ImageInput(
        input.getName(), Math.max(1, (int) shape[0]), side(shape[2], shape[3], side, file));
  }

  private static String described(NodeInfo input) {
    return input.getInfo() instanceof TensorInfo info
        ? info.type + " " + Arrays.toString(info.getShape())
        : "no tensor";
  }

  private static int side(long height, long width, int asked, Path file) {
    if (height > 0 && width > 0 && height != width) {
      throw new UsageException(
          file
              + " takes images of "
              + height
              + " x "
              + width
              + " pixels: export it for square images");
    }
    int own = (int) Math.max(height, width);
    if (own > 0 && asked > 0 && own != asked) {
      throw new UsageException(
          "%s takes images of %d x %d pixels and no others: leave its setting side out"
              .formatted(file, own, own));
    }
    return own > 0 ? own : asked > 0 ? asked : USUAL_SIDE;
  }

  /** Shape of the input. */
  long[] shape() {
    return new long[] {batch, CHANNELS, side, side};
  }

  /** Values of one image. */
  int length() {
    return CHANNELS * side * side;
  }

  /**
   * Shows the model an image. It is resized by nearest neighbour, as the published FQGAN shows
   * images to its teachers: output pixel i is input pixel {@code floor(i * in / out)}.
   *
   * @param pixels {@code [3, height, width]} in [-1, 1], at {@code from}
   * @param target takes {@link #length()} values at its position
   */
  void write(
      float[] pixels,
      int from,
      int height,
      int width,
      Normalization normalization,
      FloatBuffer target) {
    int[] rows = nearest(height);
    int[] columns = nearest(width);
    for (int c = 0; c < CHANNELS; c++) {
      for (int y = 0; y < side; y++) {
        int row = from + (c * height + rows[y]) * width;
        for (int x = 0; x < side; x++) {
          target.put(normalization.from(pixels[row + columns[x]], c));
        }
      }
    }
  }

  private int[] nearest(int from) {
    // In single precision, as PyTorch has it: in places the product is rounded across a pixel.
    float scale = (float) from / side;
    int[] nearest = new int[side];
    for (int i = 0; i < side; i++) {
      nearest[i] = Math.min((int) (i * scale), from - 1);
    }
    return nearest;
  }
}
