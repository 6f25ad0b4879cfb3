package dev.vernier.tests.benchmarks;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** rFID from two sets of 5,000 features of 2,048 dimensions, statistics included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class FrechetDistanceBenchmark {
  private static final int SAMPLES = 5000;
  private static final int DIMENSION = 2048;
  private FeatureMatrix real;
  private FeatureMatrix other;

  /** Draws features. */
  @Setup
  public void draw() {
    real = features(1, 0);
    other = features(1.1, 1);
  }

  private static FeatureMatrix features(double scale, long seed) {
    Random random = new Random(seed);
    float[] values = new float[SAMPLES * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return new FeatureMatrix(values, SAMPLES, DIMENSION);
  }

  /** One distance. */
  @Benchmark
  public double distance() {
    return FrechetDistance.between(FeatureStatistics.of(real), FeatureStatistics.of(other));
  }
}
