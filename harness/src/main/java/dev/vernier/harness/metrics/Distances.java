package dev.vernier.harness.metrics;

/** Products and squared distances between rows of features, in double. */
final class Distances {
  private Distances() {}

  static double dot(FeatureMatrix a, int i, FeatureMatrix b, int j) {
    int d = a.columns();
    double sum = 0;
    for (int c = 0; c < d; c++) {
      sum += (double) a.values()[i * d + c] * b.values()[j * d + c];
    }
    return sum;
  }

  static double squared(FeatureMatrix a, int i, FeatureMatrix b, int j) {
    int d = a.columns();
    double sum = 0;
    for (int c = 0; c < d; c++) {
      double difference = (double) a.values()[i * d + c] - b.values()[j * d + c];
      sum += difference * difference;
    }
    return sum;
  }
}
