package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An affine map of rows and its gradients. */
final class AffineMap implements Kernel {
  /** Floats that are read at once, about. */
  private static final int STRETCH = 1024;

  private final OneDnn library = new OneDnn();
  private final Products products = new Products(library);
  private final List<Runnable> calls = new ArrayList<>();

  private AffineMap() {}

  /** The output for x, weight and bias. */
  static Kernel forward(INDArray[] inputs, INDArray output) {
    AffineMap kernel = new AffineMap();
    Products products = kernel.products;
    Matrices bias = products.of(inputs[2], 1, inputs[2].length());
    kernel.calls.add(
        products.call(
            products.of(inputs[0]),
            products.of(inputs[1]).transposed(),
            products.of(output),
            1,
            bias));
    return kernel;
  }

  /** The gradients that are asked for. */
  static Kernel backward(INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    AffineMap kernel = new AffineMap();
    Products products = kernel.products;
    Matrices dy = products.of(outputGradient);
    if (gradients[0] != null) {
      kernel.calls.add(products.call(dy, products.of(inputs[1]), products.of(gradients[0])));
    }
    if (gradients[1] != null) {
      kernel.calls.add(
          products.call(dy.transposed(), products.of(inputs[0]), products.of(gradients[1])));
    }
    if (gradients[2] != null) {
      kernel.calls.add(columnSums(Floats.of(outputGradient), Floats.of(gradients[2])));
    }
    return kernel;
  }

  /** Sums over rows, with a place for each number of a stretch of rows, added in double. */
  private static Runnable columnSums(Floats rows, Floats target) {
    int columns = target.length();
    float[] sums = new float[columns];
    double[] totals = new double[columns];
    float[] lanes = new float[columns * Math.max(1, STRETCH / columns)];
    float[] read = new float[lanes.length];
    return () -> {
      Arrays.fill(lanes, 0);
      for (int from = 0; from < rows.length(); from += lanes.length) {
        int count = Math.min(lanes.length, rows.length() - from);
        rows.read(from, read, count);
        add(read, lanes, count);
      }
      Arrays.fill(totals, 0);
      for (int i = 0; i < lanes.length; i++) {
        totals[i % columns] += lanes[i];
      }
      for (int c = 0; c < columns; c++) {
        sums[c] = (float) totals[c];
      }
      target.write(0, sums, columns);
    };
  }

  private static void add(float[] x, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] += x[i];
    }
  }

  @Override
  public void run() {
    calls.forEach(Runnable::run);
  }

  @Override
  public void close() {
    library.close();
  }
}
