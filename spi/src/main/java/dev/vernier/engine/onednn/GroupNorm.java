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
    statistics(s);
    for (int c = 0; c < weight.length; c++) {
      double gain = s.inverse[c] * weight[c];
      s.gains[c] = gain;
      s.shifts[c] = bias[c] - s.means[c] * gain;
    }
    fill(s.a, s.gains);
    fill(s.b, s.shifts);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      affine(s.x, from, s.a, s.b, count);
      if (operation.swish()) {
        Swish.apply(s.x, from, count);
      }
    }
    y.write(image * size, s.x, size);
  }

  /** Each channel's mean and 1 / standard deviation, which are those of its group. */
  private void statistics(Scratch s) {
    Arrays.fill(s.a, 0);
    for (int from = 0; from < size; from += stretch) {
      add(s.x, from, s.a, Math.min(stretch, size - from));
    }
    fold(s.a, s.means);
    overGroups(s.means);
    fill(s.a, s.means);
    Arrays.fill(s.b, 0);
    for (int from = 0; from < size; from += stretch) {
      addSquares(s.x, from, s.a, s.b, Math.min(stretch, size - from));
    }
    fold(s.b, s.inverse);
    overGroups(s.inverse);
    for (int c = 0; c < s.inverse.length; c++) {
      s.inverse[c] = 1 / Math.sqrt(s.inverse[c] + operation.epsilon());
    }
  }

  private void backward(int image) {
    Scratch s = scratch.get();
    x.read(image * size, s.x, size);
    gradients.output.read(image * size, s.dy, size);
    statistics(s);
    for (int c = 0; c < weight.length; c++) {
      s.shifts[c] = -s.means[c] * s.inverse[c];
    }
    fill(s.a, s.inverse);
    fill(s.b, s.shifts);
    fill(s.weights, weight);
    fill(s.biases, bias);
    Arrays.fill(s.sums, 0);
    Arrays.fill(s.products, 0);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      affine(s.x, from, s.a, s.b, count);
      if (operation.swish()) {
        throughSwish(s, from, count);
      }
      add(s.dy, from, s.sums, count);
      addProducts(s, from, count);
    }
    int channels = operation.channels();
    fold(s.sums, s.means);
    fold(s.products, s.shifts);
    System.arraycopy(s.means, 0, gradients.biasParts, image * channels, channels);
    System.arraycopy(s.shifts, 0, gradients.weightParts, image * channels, channels);
    if (gradients.input != null) {
      inputGradient(s);
      gradients.input.write(image * size, s.dy, size);
    }
  }

  /** Leaves the input's gradient in {@code s.dy}. */
  private void inputGradient(Scratch s) {
    double[] sums = s.means;
    double[] slopes = s.shifts;
    for (int c = 0; c < weight.length; c++) {
      sums[c] *= weight[c];
      slopes[c] *= weight[c];
    }
    overGroups(sums);
    overGroups(slopes);
    for (int c = 0; c < weight.length; c++) {
      s.gains[c] = s.inverse[c] * weight[c];
      sums[c] *= s.inverse[c];
      slopes[c] *= s.inverse[c];
    }
    fill(s.a, s.gains);
    fill(s.b, sums);
    fill(s.sums, slopes);
    for (int from = 0; from < size; from += stretch) {
      inputGradient(s, from, Math.min(stretch, size - from));
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

  private static void addSquares(float[] x, int from, float[] means, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      float difference = x[from + i] - means[i];
      lanes[i] = Math.fma(difference, difference, lanes[i]);
    }
  }

  private static void addProducts(Scratch s, int from, int count) {
    float[] x = s.x;
    float[] dy = s.dy;
    float[] lanes = s.products;
    for (int i = 0; i < count; i++) {
      lanes[i] = Math.fma(x[from + i], dy[from + i], lanes[i]);
    }
  }

  private static void affine(float[] x, int from, float[] gains, float[] shifts, int count) {
    for (int i = 0; i < count; i++) {
      x[from + i] = Math.fma(x[from + i], gains[i], shifts[i]);
    }
  }

  /** Multiplies the gradient by swish's slope at the affine map of {@code s.x}. */
  private static void throughSwish(Scratch s, int from, int count) {
    place(s, from, count);
    Swish.slope(s.slopes, count);
    multiply(s.dy, from, s.slopes, count);
  }

  private static void place(Scratch s, int from, int count) {
    float[] x = s.x;
    float[] at = s.slopes;
    float[] gains = s.weights;
    float[] shifts = s.biases;
    for (int i = 0; i < count; i++) {
      at[i] = Math.fma(x[from + i], gains[i], shifts[i]);
    }
  }

  private static void multiply(float[] x, int from, float[] factors, int count) {
    for (int i = 0; i < count; i++) {
      x[from + i] *= factors[i];
    }
  }

  private static void inputGradient(Scratch s, int from, int count) {
    float[] x = s.x;
    float[] dy = s.dy;
    float[] gains = s.a;
    float[] means = s.b;
    float[] slopes = s.sums;
    for (int i = 0; i < count; i++) {
      dy[from + i] = Math.fma(gains[i], dy[from + i], -Math.fma(slopes[i], x[from + i], means[i]));
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

  /** Room for an image, for stretches, and for channels. */
  private static final class Scratch {
    private final float[] x;
    private final float[] dy;
    private final float[] a;
    private final float[] b;
    private final float[] weights;
    private final float[] biases;
    private final float[] sums;
    private final float[] products;
    private final float[] slopes;
    private final double[] means;
    private final double[] inverse;
    private final double[] gains;
    private final double[] shifts;
    private final float[] total;

    Scratch(int size, int stretch, int channels) {
      x = new float[size];
      dy = new float[size];
      a = new float[stretch];
      b = new float[stretch];
      weights = new float[stretch];
      biases = new float[stretch];
      sums = new float[stretch];
      products = new float[stretch];
      slopes = new float[stretch];
      means = new double[channels];
      inverse = new double[channels];
      gains = new double[channels];
      shifts = new double[channels];
      total = new float[channels];
    }
  }
}
