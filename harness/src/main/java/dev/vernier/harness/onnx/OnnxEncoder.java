package dev.vernier.harness.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
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

/** A model from images to indices. */
final class OnnxEncoder implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final Path file;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final int batch;
  private final ImageSize size;
  private final long[] shape;

  private OnnxEncoder(Path file, OrtSession session, Optional<ImageSize> wanted)
      throws OrtException {
    this.file = file;
    this.session = session;
    NodeInfo node = onlyInput(session, file);
    long[] images = ((TensorInfo) node.getInfo()).getShape();
    this.input = node.getName();
    this.batch = Math.max(1, (int) images[0]);
    this.size = size(images, wanted);
    this.output = output();
    float[] black = new float[batch * CHANNELS * size.area()];
    try (OrtSession.Result result = run(black)) {
      this.shape = ((OnnxTensor) result.get(output).orElseThrow()).getInfo().getShape();
    }
    if (shape.length < 2 || shape[0] != batch) {
      throw new UsageException(
          "%s has indices %s for %d images: export it with the images as the first dimension"
              .formatted(file, Arrays.toString(shape), batch));
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
                    file + " takes images of any size: say which with --set data.image-size=N"));
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

  private OrtSession.Result run(float[] images) throws OrtException {
    long[] shape = {batch, CHANNELS, size.height(), size.width()};
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(images), shape)) {
      return session.run(Map.of(input, tensor));
    }
  }

  /** The size of images that it takes. */
  ImageSize size() {
    return size;
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
    int image = CHANNELS * size.area();
    int each = (int) (Arrays.stream(shape).reduce(1, Math::multiplyExact) / batch);
    int[] indices = new int[count * each];
    float[] part = new float[batch * image];
    for (int first = 0; first < count; first += batch) {
      int present = Math.min(batch, count - first);
      System.arraycopy(pixels, first * image, part, 0, present * image);
      try (OrtSession.Result result = run(part)) {
        copy(result.get(output).orElseThrow(), indices, first * each, present * each);
      } catch (OrtException e) {
        throw new UsageException(file + " cannot encode (" + OnnxRuntime.oneLine(e) + ")", e);
      }
    }
    return indices;
  }

  private void copy(OnnxValue value, int[] target, int at, int length) {
    OnnxTensor tensor = (OnnxTensor) value;
    if (tensor.getInfo().type == OnnxJavaType.INT32) {
      IntBuffer values = tensor.getIntBuffer();
      values.get(target, at, length);
      return;
    }
    LongBuffer values = tensor.getLongBuffer();
    for (int i = 0; i < length; i++) {
      target[at + i] = (int) values.get(i);
    }
  }

  @Override
  public void close() {
    OnnxRuntime.close(session, file);
  }
}
