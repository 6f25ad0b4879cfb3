package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.GroupNormalize;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalization on channels-last maps, an image a task. oneDNN's own gradient of it is its
 * reference code.
 *
 * <p>What holds for a channel is repeated over a stretch of positions, so that the loops run over
 * many floats however few channels there are. Sums over positions have a place for each number of a
 * stretch, which are added in double at the end.
 */
final class GroupNorm implements Kernel {
  /** Floats in a stretch, about. */
  private static final int STRETCH = 512;

  private final GroupNormalize operation;
  private final int size;
  private final int stretch;
  private final Floats x;
  private final Floats weights;
  private final Floats biases;
  private final Floats y;
  private final Gradients gradients;
  private final float[] weight;
  private final float[] bias;
  private final ThreadLocal<Scratch> scratch;

  private GroupNorm(GroupNormalize operation, INDArray[] inputs, Floats y, Gradients gradients) {
    this.operation = operation;
    int channels = operation.channels();
    int area = operation.height() * operation.width();
    this.size = channels * area;
    this.stretch = channels * Math.max(1, Math.min(area, STRETCH / channels));
    this.x = Floats.of(inputs[0]);
    this.weights = Floats.of(inputs[1]);
    this.biases = Floats.of(inputs[2]);
    this.y = y;
    this.gradients = gradients;
    this.weight = new float[channels];
    this.bias = new float[channels];
    this.scratch = ThreadLocal.withInitial(() -> new Scratch(size, stretch, channels));
  }

  static Kernel forward(GroupNormalize operation, INDArray[] inputs, INDArray output) {
    return new GroupNorm(operation, inputs, Floats.of(output), null);
  }

  static Kernel backward(
      GroupNormalize operation, INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    int parts = operation.batch() * operation.channels();
    return new GroupNorm(
        operation,
        inputs,
        null,
        new Gradients(
            Floats.of(outputGradient),
            floats(gradients[0]),
            floats(gradients[1]),
            floats(gradients[2]),
            new double[parts],
            new double[parts]));
  }

  private static Floats floats(INDArray array) {
    return array == null ? null : Floats.of(array);
  }

  @Override
  public void run() {
    weights.read(0, weight, weight.length);
    biases.read(0, bias, bias.length);
    if (gradients == null) {
      Parallel.forEach(operation.batch(), this::forward);
    } else {
      Parallel.forEach(operation.batch(), this::backward);
      reduce(gradients.weightParts, gradients.weight);
      reduce(gradients.biasParts, gradients.bias);
    }
  }

  private void forward(int image) {
    Scratch s = scratch.get();
    x.read(image * size, s.x, size);
    normalize(s);
    affine(s);
    if (operation.swish()) {
      Swish.apply(s.y, 0, size);
    }
    y.write(image * size, s.y, size);
  }

  /** Normalizes {@code s.x} in place; leaves each channel's 1 / standard deviation. */
  private void normalize(Scratch s) {
    sum(s, s.x);
    overGroups(s.perChannel);
    fill(s.a, s.perChannel);
    center(s);
    squares(s);
    double[] inverse = s.perChannel;
    overGroups(inverse);
    for (int c = 0; c < inverse.length; c++) {
      inverse[c] = 1 / Math.sqrt(inverse[c] + operation.epsilon());
    }
    System.arraycopy(inverse, 0, s.inverse, 0, inverse.length);
    fill(s.a, inverse);
    for (int from = 0; from < size; from += stretch) {
      scale(s.x, from, s.a, Math.min(stretch, size - from));
    }
  }

  private void affine(Scratch s) {
    fill(s.a, weight);
    fill(s.b, bias);
    for (int from = 0; from < size; from += stretch) {
      affine(s.x, from, s.a, s.b, s.y, Math.min(stretch, size - from));
    }
  }

  private void backward(int image) {
    Scratch s = scratch.get();
    x.read(image * size, s.x, size);
    gradients.output.read(image * size, s.dy, size);
    normalize(s);
    if (operation.swish()) {
      affine(s);
      Swish.backward(s.y, s.dy, 0, size);
    }
    int channels = operation.channels();
    double[] sums = s.perChannel;
    sum(s, s.dy);
    System.arraycopy(sums, 0, gradients.biasParts, image * channels, channels);
    double[] slopes = s.slopes;
    products(s);
    System.arraycopy(slopes, 0, gradients.weightParts, image * channels, channels);
    if (gradients.input == null) {
      return;
    }
    for (int c = 0; c < channels; c++) {
      sums[c] *= weight[c];
      slopes[c] *= weight[c];
    }
    overGroups(sums);
    overGroups(slopes);
    for (int c = 0; c < channels; c++) {
      sums[c] *= s.inverse[c];
      slopes[c] *= s.inverse[c];
      s.inverse[c] *= weight[c];
    }
    fill(s.a, s.inverse);
    fill(s.b, sums);
    fill(s.c, slopes);
    for (int from = 0; from < size; from += stretch) {
      inputGradient(s, from, Math.min(stretch, size - from));
    }
    gradients.input.write(image * size, s.y, size);
  }

  /** Each channel's sum over positions, into {@code s.perChannel}. */
  private void sum(Scratch s, float[] values) {
    float[] lanes = s.c;
    Arrays.fill(lanes, 0);
    for (int from = 0; from < size; from += stretch) {
      add(values, from, lanes, Math.min(stretch, size - from));
    }
    fold(lanes, s.perChannel);
  }

  private void squares(Scratch s) {
    float[] lanes = s.c;
    Arrays.fill(lanes, 0);
    for (int from = 0; from < size; from += stretch) {
      addProducts(s.x, s.x, from, lanes, Math.min(stretch, size - from));
    }
    fold(lanes, s.perChannel);
  }

  private void products(Scratch s) {
    float[] lanes = s.c;
    Arrays.fill(lanes, 0);
    for (int from = 0; from < size; from += stretch) {
      addProducts(s.x, s.dy, from, lanes, Math.min(stretch, size - from));
    }
    fold(lanes, s.slopes);
  }

  private void center(Scratch s) {
    for (int from = 0; from < size; from += stretch) {
      subtract(s.x, from, s.a, Math.min(stretch, size - from));
    }
  }

  /** Gives every channel the mean of its group over positions and channels. */
  private void overGroups(double[] sums) {
    int each = operation.channels() / operation.groups();
    double count = (double) each * operation.height() * operation.width();
    for (int from = 0; from < sums.length; from += each) {
      double sum = 0;
      for (int c = from; c < from + each; c++) {
        sum += sums[c];
      }
      Arrays.fill(sums, from, from + each, sum / count);
    }
  }

  private static void fold(float[] lanes, double[] channels) {
    Arrays.fill(channels, 0);
    for (int from = 0; from < lanes.length; from += channels.length) {
      for (int c = 0; c < channels.length; c++) {
        channels[c] += lanes[from + c];
      }
    }
  }

  private static void fill(float[] lanes, double[] channels) {
    for (int from = 0; from < lanes.length; from += channels.length) {
      for (int c = 0; c < channels.length; c++) {
        lanes[from + c] = (float) channels[c];
      }
    }
  }

  private static void fill(float[] lanes, float[] channels) {
    for (int from = 0; from < lanes.length; from += channels.length) {
      System.arraycopy(channels, 0, lanes, from, channels.length);
    }
  }

  private static void add(float[] x, int from, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] += x[from + i];
    }
  }

  private static void addProducts(float[] x, float[] y, int from, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] = Math.fma(x[from + i], y[from + i], lanes[i]);
    }
  }

  private static void subtract(float[] x, int from, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      x[from + i] -= lanes[i];
    }
  }

  private static void scale(float[] x, int from, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      x[from + i] *= lanes[i];
    }
  }

  private static void affine(
      float[] x, int from, float[] factors, float[] shifts, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[from + i] = Math.fma(x[from + i], factors[i], shifts[i]);
    }
  }

  private static void inputGradient(Scratch s, int from, int count) {
    float[] x = s.x;
    float[] dy = s.dy;
    float[] dx = s.y;
    float[] gains = s.a;
    float[] means = s.b;
    float[] slopes = s.c;
    for (int i = 0; i < count; i++) {
      dx[from + i] = Math.fma(gains[i], dy[from + i], -Math.fma(slopes[i], x[from + i], means[i]));
    }
  }

  private void reduce(double[] parts, Floats gradient) {
    if (gradient == null) {
      return;
    }
    int channels = operation.channels();
    float[] total = scratch.get().total;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int n = 0; n < operation.batch(); n++) {
        sum += parts[n * channels + c];
      }
      total[c] = (float) sum;
    }
    gradient.write(0, total, channels);
  }

  /** What the backward pass reads and writes; null where nobody asks for a gradient. */
  private static final class Gradients {
    private final Floats output;
    private final Floats input;
    private final Floats weight;
    private final Floats bias;
    private final double[] weightParts;
    private final double[] biasParts;

    Gradients(
        Floats output,
        Floats input,
        Floats weight,
        Floats bias,
        double[] weightParts,
        double[] biasParts) {
      this.output = output;
      this.input = input;
      this.weight = weight;
      this.bias = bias;
      this.weightParts = weightParts;
      this.biasParts = biasParts;
    }
  }

  private static final class Scratch {
    private final float[] x;
    private final float[] y;
    private final float[] dy;
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private final double[] perChannel;
    private final double[] slopes;
    private final double[] inverse;
    private final float[] total;

    Scratch(int size, int stretch, int channels) {
      x = new float[size];
      y = new float[size];
      dy = new float[size];
      a = new float[stretch];
      b = new float[stretch];
      c = new float[stretch];
      perChannel = new double[channels];
      slopes = new double[channels];
      inverse = new double[channels];
      total = new float[channels];
    }
  }
}
