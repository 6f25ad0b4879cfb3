package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.Lookup;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cross-entropy by index and the gradient of the logits. */
final class ClassLoss {
  private ClassLoss() {}

  /** The loss of each row. */
  static Kernel forward(INDArray[] inputs, INDArray output, Scratch scratch) {
    // Logits too many to be read are refused before memory is taken for as many again.
    Floats.of(inputs[0]);
    INDArray logProbabilities = scratch.of(Scratch.Purpose.LOG_PROBABILITIES, inputs[0].length());
    Kernel softmax = softmax(dnnl.algorithm.softmax_log, inputs[0], logProbabilities);
    Floats values = Floats.of(logProbabilities);
    int classes = (int) inputs[0].size(1);
    int[] right = new int[(int) inputs[1].length()];
    float[] losses = new float[right.length];
    float[] one = new float[1];
    return new Kernel() {
      @Override
      public void run() {
        softmax.run();
        Integers.read(inputs[1], right);
        for (int n = 0; n < right.length; n++) {
          requireClass(right[n], classes);
          losses[n] = 0;
          if (right[n] != Lookup.NONE) {
            values.read(n * classes + right[n], one, 1);
            losses[n] = -one[0];
          }
        }
        Floats.of(output).write(0, losses, losses.length);
      }

      @Override
      public void close() {
        softmax.close();
      }
    };
  }

  /** The gradient of the logits. */
  static Kernel backward(INDArray[] inputs, INDArray outputGradient, INDArray gradient) {
    Kernel softmax = softmax(dnnl.algorithm.softmax_accurate, inputs[0], gradient);
    Floats target = Floats.of(gradient);
    Floats upstream = Floats.of(outputGradient);
    int classes = (int) inputs[0].size(1);
    int[] right = new int[(int) inputs[1].length()];
    float[] factors = new float[right.length];
    ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[classes]);
    return new Kernel() {
      @Override
      public void run() {
        softmax.run();
        Integers.read(inputs[1], right);
        upstream.read(0, factors, factors.length);
        Parallel.forEach(
            right.length,
            n -> {
              float[] row = scratch.get();
              target.read(n * classes, row, classes);
              scale(row, right[n] == Lookup.NONE ? 0 : factors[n]);
              if (right[n] != Lookup.NONE) {
                row[right[n]] -= factors[n];
              }
              target.write(n * classes, row, classes);
            });
      }

      @Override
      public void close() {
        softmax.close();
      }
    };
  }

  private static void requireClass(int index, int classes) {
    if (index < Lookup.NONE || index >= classes) {
      throw new IllegalArgumentException(index + " is none of " + classes + " classes");
    }
  }

  private static void scale(float[] row, float factor) {
    for (int c = 0; c < row.length; c++) {
      row[c] *= factor;
    }
  }

  private static Kernel softmax(dnnl.algorithm form, INDArray logits, INDArray result) {
    OneDnn library = new OneDnn();
    memory.desc rows = library.floats(memory.format_tag.ab, logits.shape());
    softmax_forward.primitive_desc description =
        library.own(
            new softmax_forward.primitive_desc(
                OneDnn.cpu(), dnnl.prop_kind.forward_training, form, rows, rows, 1));
    library.call(
        new softmax_forward(description),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            library.of(logits, rows),
            dnnl.DNNL_ARG_DST,
            library.of(result, rows)));
    return library;
  }
}
