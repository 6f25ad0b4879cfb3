package dev.vernier.tokenizers.vq;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A projection fitted to the first batches: k-means in which entries move together, as far as one
 * linear map can take them. The map begins as the one that gives the projected entries the mean and
 * covariance of the encodings, so that entries lie where encodings do; then, in turn, every
 * encoding takes the entry nearest to it, and least squares bring entries to the encodings that
 * took them. Under a projection that has not seen them, a handful of entries takes all encodings,
 * and a short training does not get out of that.
 */
final class ProjectionFit {
  private static final int ITERATIONS = 16;

  /**
   * How strongly the map is held where few encodings speak, relative to the mean of what they say.
   */
  private static final double DAMPING = 1e-3;

  private final ProjectedQuantizer quantizer;

  ProjectionFit(ProjectedQuantizer quantizer) {
    this.quantizer = quantizer;
  }

  /**
   * Fits.
   *
   * @param encodings {@code [N, d]}
   */
  void fit(float[] encodings, Parameters parameters) {
    matchMoments(encodings, parameters);
    for (int i = 0; i < ITERATIONS; i++) {
      approach(encodings, parameters);
    }
  }

  /** Gives the projected entries the mean and covariance of encodings. */
  void matchMoments(float[] encodings, Parameters parameters) {
    int dimension = Floats.of(parameters.get(ProjectedQuantizer.PROJECTION_BIAS)).length();
    Moments wanted = Moments.of(encodings, dimension);
    Moments found = Moments.of(projected(parameters), dimension);
    // Equal entries have no spread that a map could change: they are moved.
    RealMatrix map =
        found.isSpread()
            ? wanted.root().multiply(MatrixUtils.inverse(found.root()))
            : MatrixUtils.createRealIdentityMatrix(dimension);
    Projection before = Projection.of(parameters);
    new Projection(
            map.multiply(before.weight),
            map.operate(before.bias).add(wanted.mean.subtract(map.operate(found.mean))))
        .write(parameters);
  }

  /** Brings entries nearer to the encodings that are nearest to them. */
  private void approach(float[] encodings, Parameters parameters) {
    Projection projection = Projection.of(parameters);
    int dimension = projection.bias.getDimension();
    int[] nearest;
    try (INDArray rows =
        Nd4j.createFromArray(encodings).reshape(encodings.length / dimension, dimension)) {
      nearest = quantizer.nearest(rows, parameters);
    }
    float[] reached = projected(parameters);
    float[] entries = Floats.all(parameters.get(ProjectedQuantizer.EMBEDDING));
    int length = projection.weight.getColumnDimension();
    Map<Integer, double[]> gaps = new TreeMap<>();
    for (int n = 0; n < nearest.length; n++) {
      double[] gap = gaps.computeIfAbsent(nearest[n], entry -> new double[dimension + 1]);
      for (int i = 0; i < dimension; i++) {
        gap[i] += encodings[n * dimension + i] - reached[nearest[n] * dimension + i];
      }
      gap[dimension]++;
    }
    // The normal equations of what is still missing, with a one behind each entry for the bias.
    double[][] products = new double[length + 1][length + 1];
    double[][] wanted = new double[length + 1][dimension];
    gaps.forEach(
        (entry, gap) -> {
          double[] row = new double[length + 1];
          Arrays.setAll(row, j -> j < length ? entries[entry * length + j] : 1);
          for (int i = 0; i <= length; i++) {
            for (int j = 0; j <= i; j++) {
              products[i][j] += gap[dimension] * row[i] * row[j];
            }
            for (int j = 0; j < dimension; j++) {
              wanted[i][j] += row[i] * gap[j];
            }
          }
        });
    mirror(products);
    RealMatrix square = new Array2DRowRealMatrix(products, false);
    double damping = DAMPING * square.getTrace() / (length + 1) + Double.MIN_NORMAL;
    RealMatrix regular =
        square.add(MatrixUtils.createRealIdentityMatrix(length + 1).scalarMultiply(damping));
    RealMatrix step =
        new CholeskyDecomposition(regular, 1e-9, 0)
            .getSolver()
            .solve(new Array2DRowRealMatrix(wanted, false))
            .transpose();
    new Projection(
            projection.weight.add(step.getSubMatrix(0, dimension - 1, 0, length - 1)),
            projection.bias.add(step.getColumnVector(length)))
        .write(parameters);
  }

  /** Copies what is below the diagonal above it. */
  private static void mirror(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j][i] = matrix[i][j];
      }
    }
  }

  private float[] projected(Parameters parameters) {
    try (INDArray projected = quantizer.projected(parameters)) {
      return Floats.all(projected);
    }
  }

  /** The projection's parameters: weight {@code [d, D]} and bias {@code [d]}. */
  private record Projection(RealMatrix weight, RealVector bias) {
    static Projection of(Parameters parameters) {
      float[] bias = Floats.all(parameters.get(ProjectedQuantizer.PROJECTION_BIAS));
      float[] weight = Floats.all(parameters.get(ProjectedQuantizer.PROJECTION_WEIGHT));
      return new Projection(matrix(weight, bias.length), matrix(bias, 1).getRowVector(0));
    }

    void write(Parameters parameters) {
      write(weight, parameters.get(ProjectedQuantizer.PROJECTION_WEIGHT));
      write(
          MatrixUtils.createRowRealMatrix(bias.toArray()),
          parameters.get(ProjectedQuantizer.PROJECTION_BIAS));
    }

    private static RealMatrix matrix(float[] values, int rows) {
      int columns = values.length / rows;
      RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
      for (int i = 0; i < values.length; i++) {
        matrix.setEntry(i / columns, i % columns, values[i]);
      }
      return matrix;
    }

    private static void write(RealMatrix matrix, INDArray target) {
      int columns = matrix.getColumnDimension();
      float[] values = new float[matrix.getRowDimension() * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) matrix.getEntry(i / columns, i % columns);
      }
      Floats.of(target).write(0, values, values.length);
    }
  }

  /** Mean and covariance of vectors. */
  private record Moments(RealVector mean, RealMatrix covariance) {
    /** Added to the variances, relative to their mean, so that the covariance has a root. */
    private static final double RIDGE = 1e-6;

    private static final double ROUNDING = 1e-12;

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
      mirror(products);
      return new Moments(
          new ArrayRealVector(mean, false), new Array2DRowRealMatrix(products, false));
    }

    /** Whether the vectors differ by more than their mean is rounded. */
    boolean isSpread() {
      return covariance.getTrace() > ROUNDING * mean.dotProduct(mean);
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
