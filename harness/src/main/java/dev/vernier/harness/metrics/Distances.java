package dev.vernier.harness.metrics;

/** Squared distances between all features of two sets, passed one by one and never kept. */
@FunctionalInterface
interface Distances {
  /** Passes every distance. */
  void forEach(PairValues taker);
}
