package dev.vernier.nets.published;

import dev.vernier.spi.Pixels;

/** The ways in which tools bring images before Inception. */
enum InceptionInput {
  /** As the original graph of TensorFlow: bilinear on 8-bit pixels. */
  TF1(true, ""),
  /** As pytorch-fid: bilinear on the floats as they are. */
  TORCH(false, "-torch-resize"),
  /** As clean-fid: bicubic on 8-bit pixels. */
  CLEAN(true, "-clean-resize");

  private static final int AREA = InceptionNet.SIDE * InceptionNet.SIDE;

  private final boolean eightBit;
  private final String suffix;

  InceptionInput(boolean eightBit, String suffix) {
    this.eightBit = eightBit;
    this.suffix = suffix;
  }

  /** What is behind the name of features that see images in this way. */
  String suffix() {
    return suffix;
  }

  private PlaneResize resize() {
    return switch (this) {
      case TF1 -> BilinearResize.TF1;
      case TORCH -> BilinearResize.TORCH;
      case CLEAN -> new CleanResize();
    };
  }

  /**
   * One plane as the net sees it. What starts from 8-bit pixels ends at {@code (x - 128) / 128};
   * what starts from floats ends in [-1, 1].
   *
   * @param pixels {@code [height, width]} at {@code at}, in [-1, 1]
   * @param block takes {@code [299, 299]} at {@code blockAt}
   */
  void plane(float[] pixels, int at, int height, int width, float[] block, int blockAt) {
    float[] plane = new float[height * width];
    for (int i = 0; i < plane.length; i++) {
      float value = pixels[at + i];
      plane[i] = eightBit ? Pixels.toByte(value) & 0xff : value;
    }
    resize().resize(plane, 0, height, width, block, blockAt, InceptionNet.SIDE, InceptionNet.SIDE);
    if (eightBit) {
      for (int i = blockAt; i < blockAt + AREA; i++) {
        block[i] = (block[i] - 128) / 128;
      }
    }
  }
}
