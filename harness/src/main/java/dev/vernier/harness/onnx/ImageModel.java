package dev.vernier.harness.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.vernier.spi.UsageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model in ONNX Runtime, with the buffer that it reads images from. */
final class ImageModel implements AutoCloseable {
  private final Path file;
  private final OrtSession session;
  private final ImageInput input;
  private final FloatBuffer images;
  private final OnnxTensor tensor;

  private ImageModel(OrtEnvironment environment, OrtSession session, ImageInput input, Path file)
      throws OrtException {
    this.file = file;
    this.session = session;
    this.input = input;
    this.images =
        ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES * input.batch(), input.length()))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.tensor = OnnxTensor.createTensor(environment, images, input.shape());
  }

  /**
   * Opens a model.
   *
   * @param side of the images; 0 for the model's own
   * @throws UsageException if it is no model of images
   */
  static ImageModel open(Path file, int side) {
    return OnnxRuntime.open(
        file,
        session -> {
          ImageInput input = ImageInput.of(session.getInputInfo(), side, file);
          return new ImageModel(OnnxRuntime.environment(), session, input, file);
        });
  }

  /** What it takes. */
  ImageInput input() {
    return input;
  }

  /** Where {@link #values} reads the images of a run; they fill it to the end. */
  FloatBuffer images() {
    return images;
  }

  private OrtSession.Result run() {
    try {
      return session.run(Map.of(input.name(), tensor));
    } catch (OrtException e) {
      throw new UsageException(
          "%s cannot look at images of %d x %d pixels (%s): give the side it was made for as its setting side"
              .formatted(file, input.side(), input.side(), OnnxRuntime.oneLine(e)),
          e);
    }
  }

  /** The shapes of its float outputs, in the model's order, which only a run tells for certain. */
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (OrtSession.Result result = run()) {
      for (Map.Entry<String, OnnxValue> each : result) {
        if (each.getValue() instanceof OnnxTensor values
            && values.getInfo().type == OnnxJavaType.FLOAT) {
          shapes.put(each.getKey(), values.getInfo().getShape());
        }
      }
    }
    return shapes;
  }

  /** What outputs say of the images. */
  Map<String, float[]> values(List<String> outputs) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (OrtSession.Result result = run()) {
      for (String output : outputs) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] copy = new float[buffer.remaining()];
        buffer.get(copy);
        values.put(output, copy);
      }
    }
    return values;
  }

  @Override
  public void close() {
    tensor.close();
    OnnxRuntime.close(session, file);
  }
}
