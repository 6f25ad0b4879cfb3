package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.ColumnSums;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.Window;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's convolution of channels-last maps. It says itself in which layout it wants the weights,
 * which are copied into it, before each run unless they are constant: with weights as they lie it
 * falls back to a slow path. Where {@link Winograd} or {@link WeightGradient} is faster, that is
 * taken.
 */
final class Convolution {
  private final OneDnn library = new OneDnn();
  private final Window window;
  private final boolean constantWeights;
  private final memory.desc input;
  private final memory.desc weights;
  private final memory.desc bias;
  private final memory.desc output;
  private final convolution_forward.primitive_desc forward;

  private Convolution(Window window, INDArray[] inputs, boolean constantWeights, INDArray result) {
    this.window = window;
    this.constantWeights = constantWeights;
    this.input = map(inputs[0]);
    this.output = map(result);
    this.weights = library.floats(memory.format_tag.any, inputs[1].shape());
    this.bias = library.floats(memory.format_tag.a, inputs[2].shape());
    this.forward =
        library.own(
            new convolution_forward.primitive_desc(
                OneDnn.cpu(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                input,
                weights,
                bias,
                output,
                strides(),
                before(),
                after(),
                library.attributes(),
                false));
  }

  /** The convolution itself: x, weight, bias to y. */
  static Kernel forward(
      Window window, INDArray[] inputs, boolean constantWeights, INDArray result, Scratch scratch) {
    Convolution kernel = new Convolution(window, inputs, constantWeights, result);
    if (kernel.winogradSuits(kernel.forward.impl_info_str(), inputs[0], result)) {
      Winograd.layForward(kernel.library, scratch, inputs, result);
    } else {
      kernel.layForward(inputs, result);
    }
    return kernel.library;
  }

  /** Its gradients. */
  static Kernel backward(
      Window window,
      INDArray[] inputs,
      boolean constantWeights,
      INDArray resultGradient,
      INDArray[] gradients,
      Scratch scratch) {
    Convolution kernel = new Convolution(window, inputs, constantWeights, resultGradient);
    if (gradients[0] != null) {
      kernel.layDataGradient(inputs, resultGradient, gradients[0], scratch);
    }
    if (gradients[1] != null || gradients[2] != null) {
      kernel.layWeightGradient(inputs, resultGradient, gradients, scratch);
    }
    return kernel.library;
  }

  private void layForward(INDArray[] inputs, INDArray result) {
    memory.desc wanted = library.own(forward.weights_desc());
    library.call(
        new convolution_forward(forward),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            library.of(inputs[0], input),
            dnnl.DNNL_ARG_WEIGHTS,
            weightsIn(wanted, inputs[1]),
            dnnl.DNNL_ARG_BIAS,
            library.of(inputs[2], bias),
            dnnl.DNNL_ARG_DST,
            library.of(result, output)));
  }

  private void layDataGradient(
      INDArray[] inputs, INDArray resultGradient, INDArray gradient, Scratch scratch) {
    convolution_backward_data.primitive_desc description =
        library.own(
            new convolution_backward_data.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.convolution_direct,
                input,
                weights,
                output,
                strides(),
                before(),
                after(),
                forward,
                library.attributes(),
                false));
    if (winogradSuits(description.impl_info_str(), resultGradient, gradient)) {
      Winograd.layDataGradient(library, scratch, inputs[1], resultGradient, gradient);
      return;
    }
    library.call(
        new convolution_backward_data(description),
        library.arguments(
            dnnl.DNNL_ARG_DIFF_DST,
            library.of(resultGradient, output),
            dnnl.DNNL_ARG_WEIGHTS,
            weightsIn(library.own(description.weights_desc()), inputs[1]),
            dnnl.DNNL_ARG_DIFF_SRC,
            library.of(gradient, input)));
  }

  private void layWeightGradient(
      INDArray[] inputs, INDArray resultGradient, INDArray[] gradients, Scratch scratch) {
    convolution_backward_weights.primitive_desc description =
        library.own(
            new convolution_backward_weights.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.convolution_direct,
                input,
                weights,
                bias,
                output,
                strides(),
                before(),
                after(),
                forward,
                library.attributes(),
                false));
    BytePointer implementation = description.impl_info_str();
    if (gradients[1] != null) {
      if (winogradSuits(implementation, inputs[0], resultGradient)) {
        Winograd.layWeightGradient(library, scratch, inputs[0], resultGradient, gradients[1]);
        layBiasGradient(resultGradient, gradients[2]);
        return;
      }
      if (isAvx2(implementation) && WeightGradient.suits(window, inputs[0], resultGradient)) {
        WeightGradient.lay(library, window, inputs[0], resultGradient, gradients[1], scratch);
        layBiasGradient(resultGradient, gradients[2]);
        return;
      }
    }
    memory.desc found = library.own(description.diff_weights_desc());
    memory.desc lying = library.floats(memory.format_tag.oihw, inputs[1].shape());
    boolean asItLies = gradients[1] != null && found.equals(lying);
    memory weightGradient = asItLies ? library.of(gradients[1], lying) : library.of(found);
    memory biasGradient = gradients[2] == null ? library.of(bias) : library.of(gradients[2], bias);
    library.call(
        new convolution_backward_weights(description),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            library.of(inputs[0], input),
            dnnl.DNNL_ARG_DIFF_DST,
            library.of(resultGradient, output),
            dnnl.DNNL_ARG_DIFF_WEIGHTS,
            weightGradient,
            dnnl.DNNL_ARG_DIFF_BIAS,
            biasGradient));
    if (gradients[1] != null && !asItLies) {
      library.reorder(weightGradient, library.of(gradients[1], lying));
    }
  }

  private void layBiasGradient(INDArray resultGradient, INDArray gradient) {
    if (gradient != null) {
      library.call(ColumnSums.summing(Floats.of(resultGradient), Floats.of(gradient)));
    }
  }

  /** Whether oneDNN would do it in single precision with AVX2 or AVX-512, and slower. */
  private boolean winogradSuits(BytePointer implementation, INDArray from, INDArray to) {
    return (isAvx2(implementation) || implementation.getString().endsWith(":avx512_core"))
        && Winograd.suits(window, from, to);
  }

  /** Whether AVX2 is the best that oneDNN would do it with. */
  private static boolean isAvx2(BytePointer implementation) {
    return implementation.getString().endsWith(":avx2");
  }

  private memory weightsIn(memory.desc wanted, INDArray values) {
    memory.desc lying = library.floats(memory.format_tag.oihw, values.shape());
    return library.inLayout(library.of(values, lying), lying, wanted, constantWeights);
  }

  /** oneDNN counts dimensions as N, C, H, W, however they lie. */
  private memory.desc map(INDArray array) {
    return library.floats(
        memory.format_tag.nhwc, array.size(0), array.size(3), array.size(1), array.size(2));
  }

  private long[] strides() {
    return new long[] {window.stride(), window.stride()};
  }

  private long[] before() {
    return new long[] {window.top(), window.left()};
  }

  private long[] after() {
    return new long[] {window.bottom(), window.right()};
  }
}
