package dev.vernier.tokenizers.vq;

import dev.vernier.spi.support.autoencoder.CodebookUpkeep;
import dev.vernier.spi.support.graph.Parameters;
import dev.vernier.spi.support.graph.Plan;
import dev.vernier.spi.support.graph.kernels.Floats;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A projection fitted to the first batch: a linear map behind the projection gives the projected
 * entries the mean and covariance of the batch's encodings, so that entries lie where encodings do.
 * Under a projection that has not seen them, a handful of entries takes all encodings, and a short
 * training does not get out of that.
 */
final class ProjectionFit implements CodebookUpkeep {
  private final ProjectedQuantizer quantizer;

  ProjectionFit(ProjectedQuantizer quantizer) {
    this.quantizer = quantizer;
  }

  @Override
  public boolean begin(Plan plan, Parameters parameters) {
    fit(Floats.all(plan.get(ProjectedQuantizer.ENCODINGS)), parameters);
    return true;
  }

  /**
   * Fits.
   *
   * @param encodings {@code [N, d]}
   */
  void fit(float[] encodings, Parameters parameters) {
    Floats bias = Floats.of(parameters.get(ProjectedQuantizer.PROJECTION_BIAS));
    Moments wanted = Moments.of(encodings, bias.length());
    Moments found;
    try (INDArray projected = quantizer.projected(parameters)) {
      found = Moments.of(Floats.all(projected), bias.length());
    }
    RealMatrix map = wanted.root().multiply(MatrixUtils.inverse(found.root()));
    INDArray weight = parameters.get(ProjectedQuantizer.PROJECTION_WEIGHT);
    write(map.multiply(matrix(Floats.all(weight), bias.length())), Floats.of(weight));
    RealVector shift = wanted.mean.subtract(map.operate(found.mean));
    RealVector before =
        matrix(Floats.all(parameters.get(ProjectedQuantizer.PROJECTION_BIAS)), 1).getRowVector(0);
    write(MatrixUtils.createRowRealMatrix(map.operate(before).add(shift).toArray()), bias);
  }

  private static RealMatrix matrix(float[] values, int rows) {
    int columns = values.length / rows;
    RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
    for (int i = 0; i < values.length; i++) {
      matrix.setEntry(i / columns, i % columns, values[i]);
    }
    return matrix;
  }

  private static void write(RealMatrix matrix, Floats target) {
    int columns = matrix.getColumnDimension();
    float[] values = new float[target.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix.getEntry(i / columns, i % columns);
    }
    target.write(0, values, values.length);
  }

  @Override
  public void afterStep(Plan plan, Parameters parameters, long step) {
    // The projection is trained from here on.
  }

  @Override
  public Map<String, INDArray> state() {
    return Map.of();
  }

  @Override
  public void close() {
    // Nothing to free.
  }

  /** Mean and covariance of vectors. */
  private record Moments(RealVector mean, RealMatrix covariance) {
    /** Added to the variances, relative to their mean, so that the covariance has a root. */
    private static final double RIDGE = 1e-6;

    static Moments of(float[] rows, int dimension) {
      int count = rows.length / dimension;
      double[] mean = new double[dimension];
      for (int i = 0; i < rows.length; i++) {
        mean[i % dimension] += rows[i] / (double) count;
      }
      double[][] products = new double[dimension][dimension];
      for (int from = 0; from < rows.length; from += dimension) {
        for (int i = 0; i < dimension; i++) {
          double centered = (rows[from + i] - mean[i]) / count;
          for (int j = 0; j <= i; j++) {
            products[i][j] += centered * (rows[from + j] - mean[j]);
          }
        }
      }
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < i; j++) {
          products[j][i] = products[i][j];
        }
      }
      return new Moments(
          new ArrayRealVector(mean, false), new Array2DRowRealMatrix(products, false));
    }

    /** A lower triangular root of the covariance. */
    RealMatrix root() {
      int dimension = covariance.getRowDimension();
      double ridge = RIDGE * covariance.getTrace() / dimension + Double.MIN_NORMAL;
      RealMatrix regular =
          covariance.add(MatrixUtils.createRealIdentityMatrix(dimension).scalarMultiply(ridge));
      return new CholeskyDecomposition(regular, 1e-9, 0).getL();
    }
  }
}
