package dev.vernier.engine.search;

/**
 * The nearest entry of a vector among those that were offered: the one with the largest score in
 * double, of equal ones the lowest. Scores in float tell which entries need not be asked. Serves
 * one vector after the other.
 */
final class Nearest {
  private final Distances distances;
  private float[] vectors;
  private int vector;
  private float margin;
  private float top;
  private double most;
  private int entry;

  /** Of no vector as yet. */
  Nearest(Distances distances) {
    this.distances = distances;
  }

  /** Begins with a vector, by its number. */
  void begin(float[] vectors, int vector) {
    this.vectors = vectors;
    this.vector = vector;
    margin = 2 * distances.margin(vectors, vector);
    top = Float.NEGATIVE_INFINITY;
    most = Double.NEGATIVE_INFINITY;
    entry = 0;
  }

  /**
   * Offers entries; those with lower numbers first.
   *
   * @param lanes their scores, from the first entry's in lane 0 on
   * @param maxima finds the largest
   * @param room for the numbers of lanes
   * @param first number of the first entry
   * @param end one more than that of the last
   */
  void offer(float[] lanes, Maxima maxima, int[] room, int first, int end) {
    float here = maxima.of(lanes);
    if (here < top - margin) {
      return;
    }
    top = Math.max(top, here);
    int count = maxima.reach(lanes, top - margin, room);
    for (int i = 0; i < count; i++) {
      for (int k = first + room[i]; k < end; k += Maxima.LANES) {
        ask(k);
      }
    }
  }

  private void ask(int candidate) {
    double score = distances.exact(vectors, vector, candidate);
    if (score > most || (score == most && candidate < entry)) {
      most = score;
      entry = candidate;
    }
  }

  int entry() {
    return entry;
  }
}
