package dev.vernier.tokenizers.vq.lbg;

/** Lloyd's iteration as it stands in the book, for as long as no code is left without patches. */
final class PlainLloyd {
  private PlainLloyd() {}

  /** Moves every code to the mean of its patches; the mean squared error before. */
  static double iterate(float[] patches, float[] codes, int dimension) {
    int size = codes.length / dimension;
    double[][] sums = new double[size][dimension];
    int[] counts = new int[size];
    double error = 0;
    for (int from = 0; from < patches.length; from += dimension) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < size; k++) {
        double distance = 0;
        for (int i = 0; i < dimension; i++) {
          double difference = (double) patches[from + i] - codes[k * dimension + i];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest = k;
        }
      }
      error += least;
      counts[nearest]++;
      for (int i = 0; i < dimension; i++) {
        sums[nearest][i] += patches[from + i];
      }
    }
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < dimension; i++) {
        codes[k * dimension + i] = (float) (sums[k][i] / counts[k]);
      }
    }
    return error / patches.length;
  }
}
