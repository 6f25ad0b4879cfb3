package dev.vernier.harness.embedding;

/** The pairs of n points, each once: (0, 1), (0, 2), (1, 2), (0, 3), ... */
final class Pairs {
  private Pairs() {}

  static int count(int n) {
    return Math.multiplyExact(n, n - 1) / 2;
  }

  static int index(int one, int other) {
    int larger = Math.max(one, other);
    return larger * (larger - 1) / 2 + Math.min(one, other);
  }
}
