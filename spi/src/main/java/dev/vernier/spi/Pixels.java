package dev.vernier.spi;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one place where 8-bit pixels become floats in [-1, 1] and back. A byte {@code p} stands for
 * {@code p / 127.5 - 1}; the way back clamps and rounds half up, so all 256 levels survive the
 * round trip.
 */
public final class Pixels {
  private Pixels() {}

  /** The value in [-1, 1] of an unsigned byte. */
  public static float toFloat(byte pixel) {
    return (pixel & 0xff) / 127.5f - 1f;
  }

  /** The nearest unsigned byte of a value, half rounded up, values outside [-1, 1] clamped. */
  public static byte toByte(float value) {
    double level = Math.floor(127.5 * ((double) value + 1) + 0.5);
    return (byte) (int) Math.max(0, Math.min(255, level));
  }

  /**
   * A batch of images of one size.
   *
   * @return float {@code [images.size(), 3, height, width]} in [-1, 1]; a new array that the caller
   *     closes
   */
  public static INDArray toArray(List<LabelledImage> images) {
    ImageSize size = images.get(0).size();
    int each = 3 * size.area();
    float[] values = new float[images.size() * each];
    for (int n = 0; n < images.size(); n++) {
      byte[] rgb = images.get(n).rgb();
      for (int i = 0; i < each; i++) {
        values[n * each + i] = toFloat(rgb[i]);
      }
    }
    return Nd4j.createFromArray(values)
        .reshape(images.size(), 3, size.height(), size.width())
        .castTo(DataType.FLOAT);
  }

  /** The values of an array in its row-major order; the array stays the caller's. */
  public static float[] toFloats(INDArray values) {
    // A permuted view can pass for a contiguous array by all but its strides.
    try (INDArray rows = values.dup('c')) {
      return rows.data().asFloat();
    }
  }

  /**
   * The values of decoded images, of which none is NaN or infinite.
   *
   * @param decoder what decoded them, for the message
   * @param images stays the caller's
   * @throws UsageException if one is
   */
  public static float[] toFiniteFloats(String decoder, INDArray images) {
    float[] values = toFloats(images);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UsageException(
            decoder
                + " decodes to values that are not finite, "
                + value
                + " among them: lower learning-rate where it was trained, or get its weights"
                + " again");
      }
    }
    return values;
  }

  /** The bytes of images, in the array's row-major order; the array stays the caller's. */
  public static byte[] toBytes(INDArray images) {
    return toBytes(toFloats(images));
  }

  /** The bytes of values. */
  public static byte[] toBytes(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = toByte(values[i]);
    }
    return bytes;
  }
}
