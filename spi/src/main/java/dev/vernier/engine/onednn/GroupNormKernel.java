package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Lanes;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.program.FusedKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalization (Wu and He 2018) with an affine map per channel, optionally followed by
 * swish. Inputs: x {@code [N, C, H, W]}, weight {@code [C]}, bias {@code [C]}. One task handles one
 * group of one image, which fits the cache.
 */
public final class GroupNormKernel implements FusedKernel {
  private final int batch;
  private final int channels;
  private final int area;
  private final int groups;
  private final double eps;
  private final boolean swish;
  private final ThreadLocal<Scratch> scratch;

  /**
   * A kernel for one shape.
   *
   * @param batch N
   * @param channels C, a multiple of the groups
   * @param area H times W
   * @param groups channels are normalized in this many groups
   * @param eps added to the variance
   * @param swish whether swish follows
   */
  public GroupNormKernel(int batch, int channels, int area, int groups, double eps, boolean swish) {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          channels + " channels do not divide into " + groups + " groups");
    }
    this.batch = batch;
    this.channels = channels;
    this.area = area;
    this.groups = groups;
    this.eps = eps;
    this.swish = swish;
    int size = channels / groups * area;
    this.scratch = ThreadLocal.withInitial(() -> new Scratch(size));
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    return inputShapes.get(0);
  }

  @Override
  public void forward(INDArray[] inputs, INDArray output) {
    Floats x = Floats.of(inputs[0]);
    Floats y = Floats.of(output);
    float[] weight = Floats.all(inputs[1]);
    float[] bias = Floats.all(inputs[2]);
    Parallel.forEach(batch * groups, task -> forward(x, y, weight, bias, task));
  }

  private void forward(Floats x, Floats y, float[] weight, float[] bias, int task) {
    Scratch s = scratch.get();
    int size = s.x.length;
    x.read(task * size, s.x, size);
    normalize(s, weight, bias, task % groups);
    if (swish) {
      Swish.apply(s.y, 0, size);
    }
    y.write(task * size, s.y, size);
  }

  /**
   * Normalizes {@code s.x} in place and leaves the affine map of it in {@code s.y}; returns 1 /
   * standard deviation.
   */
  private double normalize(Scratch s, float[] weight, float[] bias, int group) {
    int size = s.x.length;
    float mean = (float) (Lanes.sum(s.x, 0, size) / size);
    center(s.x, mean);
    double inverse = 1 / Math.sqrt(Lanes.dot(s.x, s.x, 0, size) / size + eps);
    scale(s.x, (float) inverse);
    int perGroup = channels / groups;
    for (int c = 0; c < perGroup; c++) {
      affine(s.x, s.y, c * area, area, weight[group * perGroup + c], bias[group * perGroup + c]);
    }
    return inverse;
  }

  @Override
  public void backward(
      INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
    Floats x = Floats.of(inputs[0]);
    Floats dy = Floats.of(outputGradient);
    Floats dx = gradients[0] == null ? null : Floats.of(gradients[0]);
    float[] weight = Floats.all(inputs[1]);
    float[] bias = Floats.all(inputs[2]);
    double[] weightParts = new double[batch * channels];
    double[] biasParts = new double[batch * channels];
    Parallel.forEach(
        batch * groups, task -> backward(x, dy, dx, weight, bias, weightParts, biasParts, task));
    reduce(weightParts, gradients[1]);
    reduce(biasParts, gradients[2]);
  }

  private void backward(
      Floats x,
      Floats dy,
      Floats dx,
      float[] weight,
      float[] bias,
      double[] weightParts,
      double[] biasParts,
      int task) {
    Scratch s = scratch.get();
    int size = s.x.length;
    x.read(task * size, s.x, size);
    dy.read(task * size, s.dy, size);
    double inverse = normalize(s, weight, bias, task % groups);
    if (swish) {
      Swish.backward(s.y, s.dy, 0, size);
    }
    double sum = 0;
    double projection = 0;
    int perGroup = channels / groups;
    for (int c = 0; c < perGroup; c++) {
      float gain = weight[task % groups * perGroup + c];
      double channelSum = Lanes.sum(s.dy, c * area, area);
      double channelDot = Lanes.dot(s.dy, s.x, c * area, area);
      biasParts[task * perGroup + c] = channelSum;
      weightParts[task * perGroup + c] = channelDot;
      sum += gain * channelSum;
      projection += gain * channelDot;
    }
    if (dx != null) {
      for (int c = 0; c < perGroup; c++) {
        float gain = weight[task % groups * perGroup + c];
        inputGradient(
            s,
            c * area,
            area,
            (float) (gain * inverse),
            sum / size * inverse,
            projection / size * inverse);
      }
      dx.write(task * size, s.y, size);
    }
  }

  private static void center(float[] x, float mean) {
    for (int i = 0; i < x.length; i++) {
      x[i] -= mean;
    }
  }

  private static void scale(float[] x, float factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  private static void affine(float[] x, float[] y, int from, int count, float weight, float bias) {
    for (int i = from; i < from + count; i++) {
      y[i] = Math.fma(x[i], weight, bias);
    }
  }

  private static void inputGradient(
      Scratch s, int from, int count, float gain, double mean, double slope) {
    float[] x = s.x;
    float[] dy = s.dy;
    float[] dx = s.y;
    float m = (float) mean;
    float k = (float) slope;
    for (int i = from; i < from + count; i++) {
      dx[i] = Math.fma(gain, dy[i], -Math.fma(k, x[i], m));
    }
  }

  private void reduce(double[] parts, INDArray gradient) {
    if (gradient == null) {
      return;
    }
    float[] total = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += parts[n * channels + c];
      }
      total[c] = (float) sum;
    }
    Floats.of(gradient).write(0, total, channels);
  }

  private static final class Scratch {
    private final float[] x;
    private final float[] y;
    private final float[] dy;

    Scratch(int size) {
      x = new float[size];
      y = new float[size];
      dy = new float[size];
    }
  }
}
