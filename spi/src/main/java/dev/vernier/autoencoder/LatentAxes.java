package dev.vernier.autoencoder;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The principal axes of a trunk's latents. The layers from latents to codes and back begin along
 * them, so that a tokenizer begins near what the trunk reconstructs, and not with noise between an
 * encoder and a decoder that were made for each other.
 *
 * @param mean of the latents, {@code [z]}
 * @param axes a unit vector a row, in the order of falling variance, {@code [z * z]}
 * @param variances along the axes, {@code [z]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LatentAxes(float[] mean, float[] axes, float[] variances) {
  private static final Pattern TO_CODES = Pattern.compile("quant_conv(_\\w+)?\\.weight");
  private static final String FROM_CODES = "post_quant_conv";

  /**
   * How far a direction's last number, which is the same everywhere, outweighs the others: enough
   * for lengths to vary by some percent only, so that a direction says almost what a point would.
   */
  private static final double CONSTANT = 1.5;

  private static final double SMALLEST_CONSTANT = 1e-3;

  /** Mean of the absolute value of a normal variable, in standard deviations. */
  private static final double MEAN_ABSOLUTE = Math.sqrt(2 / Math.PI);

  /**
   * Those of latents.
   *
   * @param rows {@code [N, z]}, more rows than numbers in each
   */
  static LatentAxes of(float[] rows, int z) {
    RealMatrix points = new Array2DRowRealMatrix(rows.length / z, z);
    double[] sums = new double[z];
    for (int i = 0; i < rows.length; i++) {
      points.setEntry(i / z, i % z, rows[i]);
      sums[i % z] += rows[i];
    }
    EigenDecomposition eigen = new EigenDecomposition(new Covariance(points).getCovarianceMatrix());
    float[] mean = new float[z];
    float[] axes = new float[z * z];
    float[] variances = new float[z];
    for (int axis = 0; axis < z; axis++) {
      mean[axis] = (float) (sums[axis] * z / rows.length);
      variances[axis] = (float) Math.max(0, eigen.getRealEigenvalue(axis));
      for (int i = 0; i < z; i++) {
        axes[axis * z + i] = (float) eigen.getEigenvector(axis).getEntry(i);
      }
    }
    return new LatentAxes(mean, axes, variances);
  }

  /**
   * Lays the layers to codes and back along the axes; branches take them in turn. Where a branch
   * has more numbers than there are axes left for it, the others have no weight on the way back. A
   * model without a quantizer has no such layers.
   */
  void lay(Parameters parameters, CodeForm form) {
    List<String> branches =
        parameters.names().stream().filter(TO_CODES.asMatchPredicate()).toList();
    if (branches.isEmpty()) {
      return;
    }
    Layer back = new Layer(parameters, FROM_CODES);
    back.clear(mean);
    int column = 0;
    for (int branch = 0; branch < branches.size(); branch++) {
      Layer layer = new Layer(parameters, branches.get(branch).replace(".weight", ""));
      // A direction of one number has none to spare for the constant.
      CodeForm own = layer.rows == 1 ? CodeForm.POINT : form;
      int most = own == CodeForm.DIRECTION ? layer.rows - 1 : layer.rows;
      lay(layer, back, column, shareOf(branch, branches.size(), most), own);
      column += layer.rows;
    }
  }

  private List<Integer> shareOf(int branch, int branches, int most) {
    List<Integer> share = new ArrayList<>();
    for (int axis = branch; axis < mean.length && share.size() < most; axis += branches) {
      share.add(axis);
    }
    return share;
  }

  private void lay(Layer layer, Layer back, int column, List<Integer> share, CodeForm form) {
    double variance = share.stream().mapToDouble(axis -> variances[axis]).sum();
    double constant = Math.max(CONSTANT * Math.sqrt(variance), SMALLEST_CONSTANT);
    double length = Math.sqrt(variance + constant * constant);
    for (int i = 0; i < share.size(); i++) {
      int axis = share.get(i);
      double scale =
          switch (form) {
            case POINT -> 1;
            case DIRECTION -> length;
            case SIGNS -> MEAN_ABSOLUTE * Math.sqrt(variances[axis]);
          };
      double shift = 0;
      for (int j = 0; j < mean.length; j++) {
        float along = axes[axis * mean.length + j];
        layer.weight[i * mean.length + j] = along;
        shift -= along * mean[j];
        back.weight[j * back.columns + column + i] = (float) (scale * along);
      }
      layer.bias[i] = (float) shift;
    }
    if (form == CodeForm.DIRECTION) {
      // What is not heard on the way back must not turn the direction either.
      Arrays.fill(layer.weight, share.size() * mean.length, layer.weight.length, 0);
      Arrays.fill(layer.bias, share.size(), layer.rows, 0);
      layer.bias[layer.rows - 1] = (float) constant;
    }
    layer.write();
    back.write();
  }

  /** A 1 x 1 convolution's values, {@code [rows, columns]}. */
  private static final class Layer {
    private final Floats weights;
    private final Floats biases;
    private final float[] weight;
    private final float[] bias;
    private final int rows;
    private final int columns;

    Layer(Parameters parameters, String name) {
      this.weights = Floats.of(parameters.get(name + ".weight"));
      this.biases = Floats.of(parameters.get(name + ".bias"));
      this.weight = Floats.all(parameters.get(name + ".weight"));
      this.bias = Floats.all(parameters.get(name + ".bias"));
      this.rows = bias.length;
      this.columns = weight.length / rows;
    }

    void clear(float[] to) {
      Arrays.fill(weight, 0);
      System.arraycopy(to, 0, bias, 0, bias.length);
    }

    void write() {
      weights.write(0, weight, weight.length);
      biases.write(0, bias, bias.length);
    }
  }
}
