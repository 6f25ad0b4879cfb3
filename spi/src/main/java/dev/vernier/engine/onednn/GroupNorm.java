package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.ColumnSums;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.GroupNormalize;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalization on channels-last maps, an image a task; swish, where it follows, is oneDNN's.
 * oneDNN's own gradient of group normalization is its reference code.
 *
 * <p>What holds for a channel is repeated over a stretch of positions, and maps are read and
 * written a stretch at a time; see {@link ColumnSums}.
 */
final class GroupNorm {
  private final GroupNormalize operation;
  private final int size;
  private final int stretch;
  private final Floats x;
  private final Floats weights;
  private final Floats biases;
  private final float[] weight;
  private final float[] bias;
  private final double[] means;
  private final double[] inverses;
  private final ThreadLocal<Scratch> scratch;

  /** For the map that is the first of the inputs. */
  GroupNorm(GroupNormalize operation, INDArray[] inputs) {
    this.operation = operation;
    int channels = operation.channels();
    int area = operation.height() * operation.width();
    this.size = channels * area;
    this.stretch = ColumnSums.stretch(area, channels);
    this.x = Floats.of(inputs[0]);
    this.weights = Floats.of(inputs[1]);
    this.biases = Floats.of(inputs[2]);
    this.weight = new float[channels];
    this.bias = new float[channels];
    this.means = new double[operation.batch() * channels];
    this.inverses = new double[means.length];
    this.scratch = ThreadLocal.withInitial(() -> new Scratch(stretch, channels));
  }

  /** The output for x, weight and bias. */
  Kernel forward(INDArray output) {
    Floats y = Floats.of(output);
    Kernel swish = operation.swish() ? Swish.forward(output) : () -> {};
    return new Kernel() {
      @Override
      public void run() {
        readParameters();
        Parallel.forEach(
            operation.batch(),
            image -> {
              findStatistics(image);
              normalize(image, y);
            });
        swish.run();
      }

      @Override
      public void close() {
        swish.close();
      }
    };
  }

  /**
   * The gradients, by the statistics that {@link #forward} found. Until it holds its own, x's
   * gradient serves as room for the output's.
   */
  Kernel backward(INDArray outputGradient, INDArray[] gradients) {
    INDArray room = gradients[0] == null ? outputGradient.ulike() : gradients[0];
    Floats inner = Floats.of(operation.swish() ? room : outputGradient);
    Floats dx = Floats.of(room);
    Kernel swish = operation.swish() ? Swish.backward(room, outputGradient) : () -> {};
    double[] weightParts = new double[operation.batch() * operation.channels()];
    double[] biasParts = new double[weightParts.length];
    return new Kernel() {
      @Override
      public void run() {
        if (operation.swish()) {
          Parallel.forEach(operation.batch(), image -> normalize(image, dx));
          swish.run();
        }
        Parallel.forEach(
            operation.batch(), image -> backward(image, inner, dx, weightParts, biasParts));
        reduce(weightParts, gradients[1]);
        reduce(biasParts, gradients[2]);
      }

      @Override
      public void close() {
        swish.close();
        if (gradients[0] == null) {
          room.close();
        }
      }
    };
  }

  private void readParameters() {
    weights.read(0, weight, weight.length);
    biases.read(0, bias, bias.length);
  }

  private void normalize(int image, Floats y) {
    Scratch s = scratch.get();
    int at = image * weight.length;
    for (int c = 0; c < weight.length; c++) {
      double gain = inverses[at + c] * weight[c];
      s.perChannel[c] = bias[c] - means[at + c] * gain;
      s.slopes[c] = gain;
    }
    fill(s.a, s.slopes);
    fill(s.b, s.perChannel);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      x.read(image * size + from, s.x, count);
      affine(s.x, s.a, s.b, count);
      y.write(image * size + from, s.x, count);
    }
  }

  /** Finds each channel's mean and 1 / standard deviation, which are those of its group. */
  private void findStatistics(int image) {
    Scratch s = scratch.get();
    int channels = weight.length;
    Arrays.fill(s.a, 0);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      x.read(image * size + from, s.x, count);
      ColumnSums.add(s.x, s.a, count);
    }
    ColumnSums.fold(s.a, s.perChannel);
    overGroups(s.perChannel);
    System.arraycopy(s.perChannel, 0, means, image * channels, channels);
    fill(s.a, s.perChannel);
    Arrays.fill(s.b, 0);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      x.read(image * size + from, s.x, count);
      addSquares(s.x, s.a, s.b, count);
    }
    ColumnSums.fold(s.b, s.perChannel);
    overGroups(s.perChannel);
    for (int c = 0; c < channels; c++) {
      inverses[image * channels + c] = 1 / Math.sqrt(s.perChannel[c] + operation.epsilon());
    }
  }

  private void backward(int image, Floats dy, Floats dx, double[] weightParts, double[] biasParts) {
    Scratch s = scratch.get();
    int channels = operation.channels();
    int at = image * channels;
    System.arraycopy(inverses, at, s.inverse, 0, channels);
    for (int c = 0; c < channels; c++) {
      s.perChannel[c] = -means[at + c] * s.inverse[c];
    }
    fill(s.a, s.inverse);
    fill(s.b, s.perChannel);
    Arrays.fill(s.sums, 0);
    Arrays.fill(s.products, 0);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      x.read(image * size + from, s.x, count);
      dy.read(image * size + from, s.dy, count);
      affine(s.x, s.a, s.b, count);
      ColumnSums.add(s.dy, s.sums, count);
      addProducts(s.x, s.dy, s.products, count);
    }
    double[] sums = s.perChannel;
    double[] slopes = s.slopes;
    ColumnSums.fold(s.sums, sums);
    ColumnSums.fold(s.products, slopes);
    System.arraycopy(sums, 0, biasParts, at, channels);
    System.arraycopy(slopes, 0, weightParts, at, channels);
    for (int c = 0; c < channels; c++) {
      sums[c] *= weight[c];
      slopes[c] *= weight[c];
    }
    overGroups(sums);
    overGroups(slopes);
    // From x and dy to dx by three numbers a channel: x - mean stands in for the normalized x.
    for (int c = 0; c < channels; c++) {
      double slope = slopes[c] * s.inverse[c] * s.inverse[c];
      sums[c] = -sums[c] * s.inverse[c] + slope * means[at + c];
      slopes[c] = -slope;
      s.inverse[c] *= weight[c];
    }
    fill(s.a, s.inverse);
    fill(s.b, slopes);
    fill(s.sums, sums);
    for (int from = 0; from < size; from += stretch) {
      int count = Math.min(stretch, size - from);
      x.read(image * size + from, s.x, count);
      dy.read(image * size + from, s.dy, count);
      combine(s.dy, s.a, s.x, s.b, s.sums, count);
      dx.write(image * size + from, s.dy, count);
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

  private void reduce(double[] parts, INDArray gradient) {
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
    Floats.of(gradient).write(0, total, channels);
  }

  private static void fill(float[] lanes, double[] channels) {
    for (int c = 0; c < channels.length; c++) {
      lanes[c] = (float) channels[c];
    }
    // Each copy is as long as all before it.
    for (int done = channels.length; done < lanes.length; done *= 2) {
      System.arraycopy(lanes, 0, lanes, done, Math.min(done, lanes.length - done));
    }
  }

  private static void addSquares(float[] x, float[] means, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      float difference = x[i] - means[i];
      lanes[i] = Math.fma(difference, difference, lanes[i]);
    }
  }

  private static void addProducts(float[] x, float[] y, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] = Math.fma(x[i], y[i], lanes[i]);
    }
  }

  private static void affine(float[] x, float[] gains, float[] shifts, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = Math.fma(x[i], gains[i], shifts[i]);
    }
  }

  private static void combine(
      float[] dy, float[] gains, float[] x, float[] slopes, float[] shifts, int count) {
    for (int i = 0; i < count; i++) {
      dy[i] = Math.fma(gains[i], dy[i], Math.fma(slopes[i], x[i], shifts[i]));
    }
  }

  /** Room for stretches and for channels. */
  private static final class Scratch {
    private final float[] x;
    private final float[] dy;
    private final float[] a;
    private final float[] b;
    private final float[] sums;
    private final float[] products;
    private final double[] inverse;
    private final double[] perChannel;
    private final double[] slopes;
    private final float[] total;

    Scratch(int stretch, int channels) {
      x = new float[stretch];
      dy = new float[stretch];
      a = new float[stretch];
      b = new float[stretch];
      sums = new float[stretch];
      products = new float[stretch];
      inverse = new double[channels];
      perChannel = new double[channels];
      slopes = new double[channels];
      total = new float[channels];
    }
  }
}
