package dev.vernier.engine.program;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Fills a parameter with its first values. */
@FunctionalInterface
public interface Initializer {
  /** Fills all values, row-major, from the parameter's own random stream. */
  void fill(float[] values, RandomGenerator random);

  /** The same value everywhere. */
  static Initializer constant(double value) {
    return (values, random) -> Arrays.fill(values, (float) value);
  }

  /** Uniform between two bounds. */
  static Initializer uniform(double low, double high) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (low + (high - low) * random.nextDouble());
      }
    };
  }

  /** Normal around 0. */
  static Initializer normal(double standardDeviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (standardDeviation * random.nextGaussian());
      }
    };
  }

  /** Uniform with the variance 2 / (fan in + fan out) (Glorot and Bengio 2010). */
  static Initializer xavier(long fanIn, long fanOut) {
    double bound = Math.sqrt(6.0 / (fanIn + fanOut));
    return uniform(-bound, bound);
  }

  /**
   * What PyTorch gives convolutions and linear layers: uniform in plus or minus 1 / sqrt(fan in).
   */
  static Initializer fanIn(long fanIn) {
    double bound = 1 / Math.sqrt((double) fanIn);
    return uniform(-bound, bound);
  }
}
