package dev.vernier.quantize;

import dev.vernier.engine.search.DistinctRows;
import java.util.ArrayList;
import java.util.List;

/** The encodings of the first batches of a training, from which a codebook begins. */
public final class SeenEncodings {
  /** How many batches at least: enough for a few thousand entries, and over in seconds. */
  public static final int LEAST_BATCHES = 16;

  private final List<float[]> batches = new ArrayList<>();

  /** Adds those of a batch, {@code [N, d]}. */
  public void add(float[] encodings) {
    batches.add(encodings);
  }

  /** Whether there are too few batches as yet, the training's own first one not counted. */
  public boolean tooFew() {
    return batches.size() < LEAST_BATCHES - 1;
  }

  /** How many there are that differ from each other. */
  int distinct(int dimension) {
    float[] all = all();
    DistinctRows distinct = new DistinctRows(all, dimension);
    int count = 0;
    for (int row = 0; row < all.length / dimension; row++) {
      count += distinct.add(row) ? 1 : 0;
    }
    return count;
  }

  /** All of them, {@code [N, d]}, which are forgotten here. */
  public float[] take() {
    float[] all = all();
    batches.clear();
    return all;
  }

  private float[] all() {
    float[] all = new float[batches.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : batches) {
      System.arraycopy(each, 0, all, at, each.length);
      at += each.length;
    }
    return all;
  }
}
