package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Lanes;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.program.FusedKernel;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A 1 x 1 convolution as one matrix product over the positions of all images, between
 * transpositions in Java: on small maps the native convolution spends several times as long on
 * reordering memory. Inputs: x {@code [N, C, H, W]}, weight {@code [O, C, 1, 1]}, bias {@code [O]}.
 */
public final class PointwiseKernel implements FusedKernel {
  /** Above so many floats in a map of all images the transpositions cost more than they save. */
  private static final long LARGEST = 1 << 21;

  private final BoundOperation timesTransposed = new BoundOperation("matmul", new int[] {0, 1, 0});
  private final BoundOperation times = new BoundOperation("matmul", new int[] {0, 0, 0});
  private final BoundOperation transposedTimes = new BoundOperation("matmul", new int[] {1, 0, 0});
  private INDArray inputRows;
  private INDArray outputRows;
  private INDArray inputGradientRows;
  private INDArray weightGradient;
  private INDArray weight;
  private INDArray weightMatrix;

  /** Whether this kernel should take a convolution. */
  public static boolean suits(int images, int in, int out, int area) {
    return (long) images * Math.max(in, out) * area <= LARGEST;
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    long[] x = inputShapes.get(0);
    return new long[] {x[0], inputShapes.get(1)[0], x[2], x[3]};
  }

  @Override
  public void forward(INDArray[] inputs, INDArray output) {
    inputRows = rowsLike(inputRows, inputs[0]);
    outputRows = rowsLike(outputRows, output);
    toRows(inputs[0], inputRows);
    timesTransposed.run(new INDArray[] {inputRows, matrix(inputs[1])}, new INDArray[] {outputRows});
    fromRows(outputRows, output, Floats.all(inputs[2]));
  }

  @Override
  public void backward(
      INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
    outputRows = rowsLike(outputRows, output);
    toRows(outputGradient, outputRows);
    if (gradients[0] != null) {
      inputGradientRows = rowsLike(inputGradientRows, inputs[0]);
      times.run(new INDArray[] {outputRows, matrix(inputs[1])}, new INDArray[] {inputGradientRows});
      fromRows(inputGradientRows, gradients[0], new float[(int) inputs[0].size(1)]);
    }
    if (gradients[1] != null) {
      inputRows = rowsLike(inputRows, inputs[0]);
      toRows(inputs[0], inputRows);
      if (weightGradient == null) {
        weightGradient =
            Nd4j.createUninitialized(DataType.FLOAT, inputs[1].size(0), inputs[1].size(1));
      }
      transposedTimes.run(new INDArray[] {outputRows, inputRows}, new INDArray[] {weightGradient});
      float[] values = Floats.all(weightGradient);
      Floats.of(gradients[1]).write(0, values, values.length);
    }
    if (gradients[2] != null) {
      biasGradient(outputGradient, Floats.of(gradients[2]));
    }
  }

  /** The weight as a matrix; the same view every time, so that it stays bound. */
  private INDArray matrix(INDArray given) {
    if (given != weight) {
      weight = given;
      weightMatrix = given.reshape('c', given.size(0), given.size(1));
    }
    return weightMatrix;
  }

  /** Room for {@code [N * H * W, channels]}, made once. */
  private static INDArray rowsLike(INDArray made, INDArray map) {
    return made != null
        ? made
        : Nd4j.createUninitialized(
            DataType.FLOAT, map.size(0) * map.size(2) * map.size(3), map.size(1));
  }

  private static void toRows(INDArray map, INDArray rows) {
    Floats source = Floats.of(map);
    Floats target = Floats.of(rows);
    int channels = (int) map.size(1);
    int area = (int) (map.size(2) * map.size(3));
    int each = channels * area;
    Parallel.forEach(
        (int) map.size(0),
        image -> {
          float[] in = new float[each];
          float[] out = new float[each];
          source.read(image * each, in, each);
          for (int c = 0; c < channels; c++) {
            for (int p = 0; p < area; p++) {
              out[p * channels + c] = in[c * area + p];
            }
          }
          target.write(image * each, out, each);
        });
  }

  private static void fromRows(INDArray rows, INDArray map, float[] bias) {
    Floats source = Floats.of(rows);
    Floats target = Floats.of(map);
    int channels = (int) map.size(1);
    int area = (int) (map.size(2) * map.size(3));
    int each = channels * area;
    Parallel.forEach(
        (int) map.size(0),
        image -> {
          float[] in = new float[each];
          float[] out = new float[each];
          source.read(image * each, in, each);
          for (int c = 0; c < channels; c++) {
            float shift = bias[c];
            for (int p = 0; p < area; p++) {
              out[c * area + p] = in[p * channels + c] + shift;
            }
          }
          target.write(image * each, out, each);
        });
  }

  private static void biasGradient(INDArray outputGradient, Floats target) {
    Floats source = Floats.of(outputGradient);
    int images = (int) outputGradient.size(0);
    int channels = (int) outputGradient.size(1);
    int area = (int) (outputGradient.size(2) * outputGradient.size(3));
    double[] sums = new double[channels];
    float[] block = new float[channels * area];
    for (int image = 0; image < images; image++) {
      source.read(image * block.length, block, block.length);
      for (int c = 0; c < channels; c++) {
        sums[c] += Lanes.sum(block, c * area, area);
      }
    }
    float[] values = new float[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = (float) sums[c];
    }
    target.write(0, values, channels);
  }
}
