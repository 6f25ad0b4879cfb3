package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.ColumnSums;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Root mean square normalization of rows and its gradients, a block of rows a task. */
final class RmsNorm {
  /** Few enough for a task each core, enough to hide what a task costs. */
  private static final int BLOCK = 64;

  private final Floats x;
  private final Floats weights;
  private final float[] weight;
  private final double epsilon;
  private final int width;
  private final int rows;
  private final ThreadLocal<float[][]> scratch;

  private RmsNorm(double epsilon, INDArray[] inputs) {
    this.x = Floats.of(inputs[0]);
    this.weights = Floats.of(inputs[1]);
    this.epsilon = epsilon;
    this.width = weights.length();
    this.rows = x.length() / width;
    this.weight = new float[width];
    this.scratch = ThreadLocal.withInitial(() -> new float[2][width]);
  }

  /** The output for x and weight. */
  static Kernel forward(double epsilon, INDArray[] inputs, INDArray output) {
    RmsNorm norm = new RmsNorm(epsilon, inputs);
    Floats y = Floats.of(output);
    return () -> {
      norm.weights.read(0, norm.weight, norm.width);
      Parallel.forEach(norm.blocks(), block -> norm.forward(block, y));
    };
  }

  /** The gradients that are asked for. */
  static Kernel backward(
      double epsilon, INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    RmsNorm norm = new RmsNorm(epsilon, inputs);
    Floats dy = Floats.of(outputGradient);
    Floats dx = gradients[0] == null ? null : Floats.of(gradients[0]);
    float[][] parts = new float[norm.blocks()][norm.width];
    return () -> {
      norm.weights.read(0, norm.weight, norm.width);
      Parallel.forEach(parts.length, block -> norm.backward(block, dy, dx, parts[block]));
      if (gradients[1] != null) {
        float[] sum = parts[0];
        for (int block = 1; block < parts.length; block++) {
          ColumnSums.add(parts[block], sum, sum.length);
        }
        Floats.of(gradients[1]).write(0, sum, sum.length);
      }
    };
  }

  private int blocks() {
    return (rows + BLOCK - 1) / BLOCK;
  }

  private void forward(int block, Floats y) {
    float[] row = scratch.get()[0];
    for (int n = block * BLOCK; n < Math.min(rows, (block + 1) * BLOCK); n++) {
      x.read(n * width, row, width);
      scale(row, weight, inverse(row));
      y.write(n * width, row, width);
    }
  }

  private void backward(int block, Floats dy, Floats dx, float[] weightGradient) {
    float[] row = scratch.get()[0];
    float[] upstream = scratch.get()[1];
    Arrays.fill(weightGradient, 0);
    for (int n = block * BLOCK; n < Math.min(rows, (block + 1) * BLOCK); n++) {
      x.read(n * width, row, width);
      dy.read(n * width, upstream, width);
      float inverse = inverse(row);
      addProducts(row, upstream, inverse, weightGradient);
      if (dx != null) {
        scale(upstream, weight, inverse);
        float slope = -inverse * inverse * (float) (dot(row, upstream) / width);
        addScaled(row, slope, upstream);
        dx.write(n * width, upstream, width);
      }
    }
  }

  private float inverse(float[] row) {
    return (float) (1 / Math.sqrt(dot(row, row) / width + epsilon));
  }

  /** In eight chains, which a processor follows side by side; the order is fixed. */
  private static double dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = a.length & -8;
    for (int i = 0; i < whole; i += 8) {
      s0 = Math.fma(a[i], b[i], s0);
      s1 = Math.fma(a[i + 1], b[i + 1], s1);
      s2 = Math.fma(a[i + 2], b[i + 2], s2);
      s3 = Math.fma(a[i + 3], b[i + 3], s3);
      s4 = Math.fma(a[i + 4], b[i + 4], s4);
      s5 = Math.fma(a[i + 5], b[i + 5], s5);
      s6 = Math.fma(a[i + 6], b[i + 6], s6);
      s7 = Math.fma(a[i + 7], b[i + 7], s7);
    }
    double sum = (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    for (int i = whole; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void scale(float[] row, float[] weight, float factor) {
    for (int c = 0; c < row.length; c++) {
      row[c] = row[c] * factor * weight[c];
    }
  }

  private static void addProducts(float[] a, float[] b, float factor, float[] sums) {
    for (int c = 0; c < a.length; c++) {
      sums[c] = Math.fma(a[c] * factor, b[c], sums[c]);
    }
  }

  private static void addScaled(float[] row, float factor, float[] sums) {
    for (int c = 0; c < row.length; c++) {
      sums[c] = Math.fma(row[c], factor, sums[c]);
    }
  }
}
