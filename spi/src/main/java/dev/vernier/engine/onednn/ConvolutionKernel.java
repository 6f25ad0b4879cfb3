package dev.vernier.engine.onednn;

import dev.vernier.engine.program.FusedKernel;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution through oneDNN with weights in PyTorch's layout. Inputs: x {@code
 * [N, C, H, W]}, weight {@code [O, C, height, width]}, bias {@code [O]}. ND4J 1.0.0-M2.1 has the
 * operation for this layout, but infers the shapes of its gradient wrongly, so that SameDiff cannot
 * differentiate it: with the arrays given, as here, it is right.
 */
public final class ConvolutionKernel implements FusedKernel {
  private final int height;
  private final int width;
  private final int stride;
  private final Optional<int[]> padding;
  private final BoundOperation convolution;
  private final BoundOperation gradient;
  private final BoundOperation transposed;
  private final INDArray[] unwanted = new INDArray[3];

  /**
   * A kernel for one sort of convolution, whose output is the input's height and width over the
   * stride.
   *
   * @param size height and width of the filters
   * @param stride 1 or more; with stride 2 and size 3 an even side is padded on the right and at
   *     the bottom only
   */
  public ConvolutionKernel(int size, int stride) {
    this(size, size, stride, Optional.empty());
  }

  private ConvolutionKernel(int height, int width, int stride, Optional<int[]> padding) {
    int channelsFirst = 0;
    int outInHeightWidth = 1;
    int[] arguments = {
      height,
      width,
      stride,
      stride,
      padding.map(each -> each[0]).orElse(0),
      padding.map(each -> each[1]).orElse(0),
      1,
      1,
      padding.isPresent() ? 0 : 1,
      channelsFirst,
      outInHeightWidth
    };
    this.height = height;
    this.width = width;
    this.stride = stride;
    this.padding = padding;
    this.convolution = new BoundOperation("conv2d", arguments);
    this.gradient = new BoundOperation("conv2d_bp", arguments);
    // Its filters are [in, out, height, width], which is the same array seen from the other side.
    this.transposed = new BoundOperation("deconv2d", arguments);
  }

  /**
   * A kernel for a convolution with the same number of zeros at both ends, as PyTorch pads.
   *
   * @param height of the filters
   * @param width of the filters
   * @param stride 1 or more
   * @param padHeight rows of zeros at the top and as many at the bottom
   * @param padWidth columns of zeros at the left and as many at the right
   */
  public static ConvolutionKernel padded(
      int height, int width, int stride, int padHeight, int padWidth) {
    return new ConvolutionKernel(
        height, width, stride, Optional.of(new int[] {padHeight, padWidth}));
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    long[] x = inputShapes.get(0);
    return new long[] {x[0], inputShapes.get(1)[0], side(x[2], height, 0), side(x[3], width, 1)};
  }

  private long side(long input, int filter, int axis) {
    return padding
        .map(each -> (input + 2L * each[axis] - filter) / stride + 1)
        .orElse((input + stride - 1) / stride);
  }

  @Override
  public void forward(INDArray[] inputs, INDArray output) {
    convolution.run(inputs, new INDArray[] {output});
  }

  @Override
  public void backward(
      INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
    if (gradients[1] == null && gradients[2] == null && coversInput(inputs[0], output)) {
      transposed.run(new INDArray[] {outputGradient, inputs[1]}, new INDArray[] {gradients[0]});
      return;
    }
    INDArray[] all = new INDArray[gradients.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = gradients[i] == null ? unwanted(i, inputs[i]) : gradients[i];
    }
    gradient.run(new INDArray[] {inputs[0], inputs[1], inputs[2], outputGradient}, all);
  }

  /**
   * Whether the filters reach the input's last row and column, so that the transposed convolution
   * gives a map of its size.
   */
  private boolean coversInput(INDArray input, INDArray output) {
    int[] pad = padding.orElse(new int[] {height / 2, width / 2});
    return (padding.isPresent() || stride == 1)
        && (output.size(2) - 1) * stride + height - 2L * pad[0] == input.size(2)
        && (output.size(3) - 1) * stride + width - 2L * pad[1] == input.size(3);
  }

  /** The native operation writes every gradient, also those of constants. */
  private INDArray unwanted(int place, INDArray input) {
    if (unwanted[place] == null) {
      unwanted[place] = Nd4j.createUninitialized(DataType.FLOAT, input.shape());
    }
    return unwanted[place];
  }
}
