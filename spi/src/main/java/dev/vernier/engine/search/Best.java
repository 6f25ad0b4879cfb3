package dev.vernier.engine.search;

import java.util.Arrays;

/**
 * The best entry of one vector so far. Entries must be offered in ascending order, so that ties
 * stay with the lowest index.
 */
final class Best {
  private final Distances distances;
  private float[] z;
  private int vector;
  private float margin;
  private float score;
  private int candidates;
  private int[] entries = new int[16];
  private float[] scores = new float[16];

  Best(Distances distances) {
    this.distances = distances;
  }

  void start(float[] vectors, int index) {
    z = vectors;
    vector = index;
    margin = 2 * distances.margin(vectors, index);
    score = Float.NEGATIVE_INFINITY;
    candidates = 0;
  }

  /** A score below this cannot win. */
  float threshold() {
    return score - margin;
  }

  /** Takes note of an entry whose score is not below the threshold. */
  void offer(int entry, float offered) {
    if (candidates == entries.length) {
      dropHopeless();
    }
    if (candidates == entries.length) {
      entries = Arrays.copyOf(entries, 2 * candidates);
      scores = Arrays.copyOf(scores, 2 * candidates);
    }
    entries[candidates] = entry;
    scores[candidates++] = offered;
    score = Math.max(score, offered);
  }

  private void dropHopeless() {
    int kept = 0;
    for (int i = 0; i < candidates; i++) {
      if (scores[i] >= threshold()) {
        entries[kept] = entries[i];
        scores[kept++] = scores[i];
      }
    }
    candidates = kept;
  }

  int entry() {
    dropHopeless();
    int best = entries[0];
    if (candidates > 1) {
      double most = distances.exact(z, vector, best);
      for (int i = 1; i < candidates; i++) {
        double exact = distances.exact(z, vector, entries[i]);
        if (exact > most) {
          most = exact;
          best = entries[i];
        }
      }
    }
    return best;
  }
}
