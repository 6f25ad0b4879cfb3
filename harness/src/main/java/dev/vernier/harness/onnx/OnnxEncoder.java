package dev.vernier.harness.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A model from images to indices. */
final class OnnxEncoder implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final Path file;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final BatchAxis batch;
  private final ImageSize size;
  private final long[] shape;

  private OnnxEncoder(Path file, OrtSession session, Optional<ImageSize> wanted)
      throws OrtException {
    this.file = file;
    this.session = session;
    NodeInfo node = onlyInput(session, file);
    long[] images = ((TensorInfo) node.getInfo()).getShape();
    this.input = node.getName();
    this.size = size(images, wanted);
    this.output = output();
    BatchAxis own = BatchAxis.of(images[0]);
    int run = own.ofRun(1);
    try (OrtSession.Result result = run(new float[run * image()], run)) {
      this.shape = ((OnnxTensor) result.get(output).orElseThrow()).getInfo().getShape();
    }
    if (shape.length < 2 || shape[0] != run) {
      throw new UsageException(
          "%s has indices %s for %d images: export it with the images as the first dimension"
              .formatted(file, Arrays.toString(shape), run));
    }
    this.batch = own.free() && !runsTwo() ? BatchAxis.ONE : own;
  }

  /** Whether two images in one run have the indices that they have alone. */
  private boolean runsTwo() {
    Random random = new Random(0);
    float[] two = new float[2 * image()];
    for (int i = 0; i < two.length; i++) {
      two[i] = random.nextFloat();
    }
    try {
      int[] first = once(Arrays.copyOf(two, image()), 1);
      int[] second = once(Arrays.copyOfRange(two, image(), two.length), 1);
      int[] apart = IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
      return Arrays.equals(once(two, 2), apart);
    } catch (OrtException e) {
      // As of models that were traced with one image, whatever they say of their input.
      return false;
    }
  }

  /**
   * Opens a model.
   *
   * @param wanted the size of the images, where the model takes any
   * @throws UsageException if it is no model from images to indices
   */
  static OnnxEncoder open(Path file, Optional<ImageSize> wanted) {
    return OnnxRuntime.open(file, session -> new OnnxEncoder(file, session, wanted));
  }

  /** The size of the images that a model takes; empty where it takes any. */
  static Optional<ImageSize> fixedSize(Path file) {
    try (OrtSession session = OnnxRuntime.open(file)) {
      return fixedSize(((TensorInfo) onlyInput(session, file).getInfo()).getShape());
    } catch (OrtException e) {
      throw OnnxRuntime.unusable(file, e);
    }
  }

  private static Optional<ImageSize> fixedSize(long[] images) {
    return images[2] > 0 && images[3] > 0
        ? Optional.of(new ImageSize((int) images[2], (int) images[3]))
        : Optional.empty();
  }

  private static NodeInfo onlyInput(OrtSession session, Path file) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    NodeInfo first = inputs.values().iterator().next();
    if (inputs.size() != 1
        || !(first.getInfo() instanceof TensorInfo info)
        || info.type != OnnxJavaType.FLOAT
        || info.getShape().length != 4
        || (info.getShape()[1] > 0 && info.getShape()[1] != CHANNELS)) {
      throw new UsageException(
          "%s takes %s, but an encoder has one input, float [N, 3, H, W]: export it so"
              .formatted(file, OnnxRuntime.described(inputs)));
    }
    return first;
  }

  private ImageSize size(long[] images, Optional<ImageSize> wanted) {
    return fixedSize(images)
        .or(() -> wanted)
        .orElseThrow(
            () ->
                new UsageException(
                    file
                        + " takes images of any size: say which with --set data.image-size=N or"
                        + " HxW"));
  }

  private String output() throws OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    return outputs.values().stream()
        .filter(each -> each.getInfo() instanceof TensorInfo info && isIndices(info.type))
        .findFirst()
        .map(NodeInfo::getName)
        .orElseThrow(
            () ->
                new UsageException(
                    "%s gives %s, but an encoder gives indices, int32 or int64: export these"
                        .formatted(file, OnnxRuntime.described(outputs))));
  }

  static boolean isIndices(OnnxJavaType type) {
    return type == OnnxJavaType.INT64 || type == OnnxJavaType.INT32;
  }

  private int image() {
    return CHANNELS * size.area();
  }

  private OrtSession.Result run(float[] images, int count) throws OrtException {
    long[] of = {count, CHANNELS, size.height(), size.width()};
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(images), of)) {
      return session.run(Map.of(input, tensor));
    }
  }

  /** The indices of one run. */
  private int[] once(float[] images, int count) throws OrtException {
    try (OrtSession.Result result = run(images, count)) {
      OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
      if (tensor.getInfo().type == OnnxJavaType.INT32) {
        IntBuffer values = tensor.getIntBuffer();
        int[] indices = new int[values.remaining()];
        values.get(indices);
        return indices;
      }
      LongBuffer values = tensor.getLongBuffer();
      int[] indices = new int[values.remaining()];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = index(values.get());
      }
      return indices;
    }
  }

  private int index(long value) {
    if (value != (int) value) {
      throw new UsageException(
          "%s has the index %d, beyond 2^31: check what it gives".formatted(file, value));
    }
    return (int) value;
  }

  /** The size of images that it takes. */
  ImageSize size() {
    return size;
  }

  /** What a reader of its throughput has to know. */
  Optional<String> caveat() {
    return batch.caveat(file);
  }

  /** The shape of the indices of a run, images first. */
  long[] shape() {
    return shape.clone();
  }

  /**
   * The indices of images.
   *
   * @param pixels {@code [count, 3, height, width]} as the model takes them
   */
  int[] indices(float[] pixels, int count) {
    int each = (int) (Arrays.stream(shape).reduce(1, Math::multiplyExact) / shape[0]);
    int run = batch.ofRun(count);
    int[] indices = new int[count * each];
    float[] part = new float[run * image()];
    for (int first = 0; first < count; first += run) {
      int present = Math.min(run, count - first);
      System.arraycopy(pixels, first * image(), part, 0, present * image());
      try {
        System.arraycopy(once(part, run), 0, indices, first * each, present * each);
      } catch (OrtException e) {
        throw new UsageException(file + " cannot encode (" + OnnxRuntime.oneLine(e) + ")", e);
      }
    }
    return indices;
  }

  @Override
  public void close() {
    OnnxRuntime.close(session, file);
  }
}
