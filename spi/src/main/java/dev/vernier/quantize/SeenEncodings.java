package dev.vernier.quantize;

import java.util.ArrayList;
import java.util.List;

/** The encodings of the first batches of a training, from which a codebook begins. */
public final class SeenEncodings {
  /** How many batches: enough for a codebook of many thousand entries, and over in seconds. */
  public static final int BATCHES = 16;

  private final List<float[]> batches = new ArrayList<>();

  /** Adds those of a batch, {@code [N, d]}. */
  public void add(float[] encodings) {
    batches.add(encodings);
  }

  /** All of them, {@code [N, d]}, which are forgotten here. */
  public float[] take() {
    float[] all = new float[batches.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : batches) {
      System.arraycopy(each, 0, all, at, each.length);
      at += each.length;
    }
    batches.clear();
    return all;
  }
}
