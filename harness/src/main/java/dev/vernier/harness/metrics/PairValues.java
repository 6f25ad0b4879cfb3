package dev.vernier.harness.metrics;

/** Takes numbers of pairs; is called for one row by one thread at a time, columns ascending. */
@FunctionalInterface
interface PairValues {
  void take(int row, int column, double value);
}
