package dev.vernier.engine.search;

/**
 * The nearest entry of one vector among those that were offered: the one with the largest score in
 * double, of equal ones the lowest. Scores in float tell which entries need not be asked.
 */
final class Nearest {
  private final Distances distances;
  private final float[] vectors;
  private final int vector;
  private final float margin;
  private float top = Float.NEGATIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int entry;

  /** Of a vector by its number. */
  Nearest(Distances distances, float[] vectors, int vector) {
    this.distances = distances;
    this.vectors = vectors;
    this.vector = vector;
    this.margin = 2 * distances.margin(vectors, vector);
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
