package dev.vernier.harness.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.vernier.harness.codes.CodeGrid;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A model from indices to images. */
final class OnnxDecoder implements AutoCloseable {
  private static final int CHANNELS = 3;

  /** Share of the largest value by which runs of other sizes differ. */
  private static final float ROUNDING = 1e-4f;

  private final Path file;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final boolean wide;
  private final long[] shape;
  private final BatchAxis batch;
  private final int each;
  private final ImageSize size;

  private OnnxDecoder(Path file, OrtSession session, CodeGrid grid, int books, ImageSize size)
      throws OrtException {
    this.file = file;
    this.session = session;
    this.size = size;
    NodeInfo node = onlyInput();
    TensorInfo info = (TensorInfo) node.getInfo();
    this.input = node.getName();
    this.wide = info.type == OnnxJavaType.INT64;
    this.each = books * grid.area();
    this.shape = shape(info.getShape(), grid, books);
    this.output = session.getOutputNames().iterator().next();
    BatchAxis own = BatchAxis.of(info.getShape()[0]);
    once(new int[own.ofRun(1) * each], own.ofRun(1));
    this.batch = own.free() && !runsTwo() ? BatchAxis.ONE : own;
  }

  /** Whether two images in one run are what they are alone. */
  private boolean runsTwo() {
    int[] ones = new int[each];
    Arrays.fill(ones, 1);
    int[] two = new int[2 * each];
    System.arraycopy(ones, 0, two, each, each);
    try {
      float[] together = once(two, 2);
      float[] first = once(new int[each], 1);
      float[] second = once(ones, 1);
      float[] apart = Arrays.copyOf(first, together.length);
      System.arraycopy(second, 0, apart, first.length, second.length);
      return alike(together, apart);
    } catch (OrtException | UsageException e) {
      // As of models that were traced with one image, whatever they say of their input.
      return false;
    }
  }

  private static boolean alike(float[] one, float[] other) {
    float largest = 0;
    float apart = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(other[i]));
      apart = Math.max(apart, Math.abs(one[i] - other[i]));
    }
    return apart <= ROUNDING * largest;
  }

  /**
   * Opens a model.
   *
   * @param grid of the indices
   * @param books number of sub-codebooks
   * @param size that the images have to have
   * @throws UsageException if it is no model from such indices to such images
   */
  static OnnxDecoder open(Path file, CodeGrid grid, int books, ImageSize size) {
    return OnnxRuntime.open(file, session -> new OnnxDecoder(file, session, grid, books, size));
  }

  private NodeInfo onlyInput() throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    NodeInfo first = inputs.values().iterator().next();
    if (inputs.size() != 1
        || !(first.getInfo() instanceof TensorInfo info)
        || !OnnxEncoder.isIndices(info.type)) {
      throw new UsageException(
          "%s takes %s, but a decoder has one input, int32 or int64 indices: export it so"
              .formatted(file, OnnxRuntime.described(inputs)));
    }
    return first;
  }

  /** The shape of a run: that of the model, whatever it leaves open as the indices have it. */
  private long[] shape(long[] own, CodeGrid grid, int books) {
    long[] filled = own.clone();
    filled[0] = Math.max(1, own[0]);
    if (own.length == 4) {
      fill(filled, 1, books, grid.height(), grid.width());
    } else if (own.length == 3 && (books > 1 || own[1] == 1)) {
      fill(filled, 1, books, grid.area());
    } else if (own.length == 3) {
      fill(filled, 1, grid.height(), grid.width());
    } else if (own.length == 2) {
      fill(filled, 1, each);
    }
    if (own.length < 2 || values(filled) != filled[0] * each) {
      throw new UsageException(
          "%s takes indices %s, and the encoder gives %d x %d positions of %d: export both in one layout"
              .formatted(file, Arrays.toString(own), grid.height(), grid.width(), books));
    }
    return filled;
  }

  private static void fill(long[] shape, int from, long... sides) {
    for (int i = 0; i < sides.length; i++) {
      shape[from + i] = shape[from + i] > 0 ? shape[from + i] : sides[i];
    }
  }

  private static long values(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * The images of indices.
   *
   * @param indices {@code [count, k, h, w]}
   * @return {@code [count, 3, height, width]} as the model gives them
   */
  float[] images(int[] indices, int count) {
    int image = CHANNELS * size.area();
    int run = batch.ofRun(count);
    float[] images = new float[count * image];
    int[] part = new int[run * each];
    for (int first = 0; first < count; first += run) {
      int present = Math.min(run, count - first);
      System.arraycopy(indices, first * each, part, 0, present * each);
      try {
        System.arraycopy(once(part, run), 0, images, first * image, present * image);
      } catch (OrtException e) {
        throw new UsageException(file + " cannot decode (" + OnnxRuntime.oneLine(e) + ")", e);
      }
    }
    return images;
  }

  /** The images of one run. */
  private float[] once(int[] indices, int count) throws OrtException {
    try (OnnxTensor tensor = tensor(indices, count);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      OnnxTensor decoded = (OnnxTensor) result.get(output).orElseThrow();
      requireImages(decoded.getInfo(), count);
      FloatBuffer values = decoded.getFloatBuffer();
      float[] images = new float[values.remaining()];
      values.get(images);
      return images;
    }
  }

  private OnnxTensor tensor(int[] indices, int count) throws OrtException {
    long[] of = shape.clone();
    of[0] = count;
    return wide
        ? OnnxTensor.createTensor(
            OnnxRuntime.environment(),
            LongBuffer.wrap(Arrays.stream(indices).asLongStream().toArray()),
            of)
        : OnnxTensor.createTensor(OnnxRuntime.environment(), IntBuffer.wrap(indices), of);
  }

  /** What a reader of its throughput has to know. */
  Optional<String> caveat() {
    return batch.caveat(file);
  }

  private void requireImages(TensorInfo info, int count) {
    long[] wanted = {count, CHANNELS, size.height(), size.width()};
    if (info.type != OnnxJavaType.FLOAT || !Arrays.equals(info.getShape(), wanted)) {
      throw new UsageException(
          "%s gives %s %s, but a decoder gives float %s: export it so"
              .formatted(
                  file, info.type, Arrays.toString(info.getShape()), Arrays.toString(wanted)));
    }
  }

  @Override
  public void close() {
    OnnxRuntime.close(session, file);
  }
}
