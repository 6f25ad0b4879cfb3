package dev.vernier.harness.embedding;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * t-SNE, exact (van der Maaten and Hinton 2008): places in a plane whose affinities, by Student's t
 * with one degree of freedom, are those of the points, as far as the Kullback-Leibler divergence of
 * the two can be brought down from a random start. Time and memory grow with the square of the
 * number of points.
 */
public final class Tsne {
  /** The perplexity of many points. */
  public static final int PERPLEXITY = 30;

  private static final int ITERATIONS = 1000;

  /** Iterations at whose beginning clusters form, pulled by exaggerated affinities. */
  private static final int EARLY = 250;

  private static final double EXAGGERATION = 12;
  private static final double START = 1e-4;
  private static final double LEAST_GAIN = 0.01;
  private static final double LEAST_RATE = 50;

  private Tsne() {}

  /**
   * A map of points.
   *
   * @param places {@code [n, 2]}, row-major, their mean at the origin
   * @param perplexity that it was drawn with
   * @param divergence of the affinities in the plane from those of the points, in nats
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Layout(double[] places, double perplexity, double divergence) {}

  /**
   * Lays points out, with a perplexity of 30 or a third of the others, if they are fewer.
   *
   * @param points {@code [n, dimension]}, row-major
   * @param n at least 4
   */
  public static Layout of(float[] points, int n, RandomGenerator random) {
    double perplexity = Math.min(PERPLEXITY, (n - 1) / 3.0);
    double[] affinities = Affinities.of(points, n, perplexity);
    double[] places = new double[2 * n];
    Arrays.setAll(places, i -> START * random.nextGaussian());
    descend(affinities, places);
    center(places);
    return new Layout(places, perplexity, divergence(affinities, places));
  }

  /** Gradient descent with momentum and a gain for each coordinate (Jacobs 1988). */
  private static void descend(double[] affinities, double[] places) {
    double[] exaggerated = Arrays.stream(affinities).map(each -> EXAGGERATION * each).toArray();
    double rate = Math.max(LEAST_RATE, places.length / 2.0 / EXAGGERATION / 4);
    double[] closeness = new double[affinities.length];
    double[] gradient = new double[places.length];
    double[] velocity = new double[places.length];
    double[] gains = new double[places.length];
    Arrays.fill(gains, 1);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      boolean early = iteration < EARLY;
      gradient(early ? exaggerated : affinities, places, closeness, gradient);
      double momentum = early ? 0.5 : 0.8;
      for (int i = 0; i < places.length; i++) {
        boolean onwards = velocity[i] * gradient[i] < 0;
        gains[i] = Math.max(LEAST_GAIN, onwards ? gains[i] + 0.2 : 0.8 * gains[i]);
        velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
        places[i] += velocity[i];
      }
    }
  }

  private static void center(double[] places) {
    for (int axis = 0; axis < 2; axis++) {
      double sum = 0;
      for (int i = axis; i < places.length; i += 2) {
        sum += places[i];
      }
      for (int i = axis; i < places.length; i += 2) {
        places[i] -= 2 * sum / places.length;
      }
    }
  }

  /** Student's t of each pair, not normalized; their sum over both directions. */
  private static double closeness(double[] places, double[] into) {
    double sum = 0;
    int pair = 0;
    for (int j = 1; j < places.length / 2; j++) {
      double x = places[2 * j];
      double y = places[2 * j + 1];
      for (int i = 0; i < j; i++) {
        double dx = places[2 * i] - x;
        double dy = places[2 * i + 1] - y;
        double each = 1 / (1 + dx * dx + dy * dy);
        into[pair++] = each;
        sum += each;
      }
    }
    return 2 * sum;
  }

  /**
   * The gradient of the divergence.
   *
   * @param closeness takes those of the pairs
   * @param gradient is filled, {@code [n, 2]}
   */
  static void gradient(
      double[] affinities, double[] places, double[] closeness, double[] gradient) {
    double sum = closeness(places, closeness);
    Arrays.fill(gradient, 0);
    int pair = 0;
    for (int j = 1; j < places.length / 2; j++) {
      double x = places[2 * j];
      double y = places[2 * j + 1];
      double gx = 0;
      double gy = 0;
      for (int i = 0; i < j; i++) {
        double pull = 4 * (affinities[pair] - closeness[pair] / sum) * closeness[pair];
        double dx = pull * (places[2 * i] - x);
        double dy = pull * (places[2 * i + 1] - y);
        gradient[2 * i] += dx;
        gradient[2 * i + 1] += dy;
        gx -= dx;
        gy -= dy;
        pair++;
      }
      gradient[2 * j] += gx;
      gradient[2 * j + 1] += gy;
    }
  }

  /** The Kullback-Leibler divergence in nats. */
  static double divergence(double[] affinities, double[] places) {
    double[] closeness = new double[affinities.length];
    double sum = closeness(places, closeness);
    double divergence = 0;
    for (int pair = 0; pair < affinities.length; pair++) {
      divergence += affinities[pair] * Math.log(affinities[pair] * sum / closeness[pair]);
    }
    return 2 * divergence;
  }
}
