package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.engine.memory.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Lloyd's iteration over a sample: every patch is assigned to its nearest code, then every code
 * becomes the mean of its patches. Codes that are left without any take the places of the patches
 * that are farthest from their codes. Neither makes the error larger.
 */
final class Lloyd {
  private static final int PATCHES_A_TASK = 512;

  private final PatchSample sample;
  private final PatchGrid grid;
  private final int[] nearest;
  private final double[] distances;

  Lloyd(PatchSample sample, PatchGrid grid) {
    this.sample = sample;
    this.grid = grid;
    this.nearest = new int[sample.count()];
    this.distances = new double[sample.count()];
  }

  /**
   * Assigns every patch to its nearest code.
   *
   * @param codes {@code [K, D]}
   * @return the mean squared error of a value
   */
  double assign(float[] codes) {
    PatchSearch search = new PatchSearch(codes, grid);
    int tasks = (nearest.length + PATCHES_A_TASK - 1) / PATCHES_A_TASK;
    Parallel.forEach(tasks, task -> assign(search.query(), task * PATCHES_A_TASK));
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    return sum / ((double) nearest.length * sample.dimension());
  }

  private void assign(PatchSearch.Query query, int from) {
    float[] patch = new float[sample.dimension()];
    for (int n = from; n < Math.min(nearest.length, from + PATCHES_A_TASK); n++) {
      sample.read(n, patch, 0);
      nearest[n] = query.nearest(patch, 0);
      distances[n] = query.squaredDistance();
    }
  }

  /**
   * Moves codes to where the last assignment wants them.
   *
   * @param codes {@code [K, D]}, those that patches were assigned to; changed
   * @return whether any moved
   */
  boolean move(float[] codes) {
    int dimension = sample.dimension();
    int size = codes.length / dimension;
    int[] ends = new int[size];
    int[] grouped = groupedByCode(ends);
    float[] before = codes.clone();
    Parallel.forEach(
        size,
        code -> {
          int begin = code == 0 ? 0 : ends[code - 1];
          mean(grouped, begin, ends[code], codes, code * dimension);
        });
    fill(IntStream.range(0, size).filter(k -> ends[k] == (k == 0 ? 0 : ends[k - 1])), codes);
    return !Arrays.equals(before, codes);
  }

  /** The patches code by code, each code's in ascending order, and where each code's end. */
  private int[] groupedByCode(int[] ends) {
    for (int code : nearest) {
      ends[code]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] grouped = new int[nearest.length];
    int[] next = ends.clone();
    for (int n = nearest.length - 1; n >= 0; n--) {
      grouped[--next[nearest[n]]] = n;
    }
    return grouped;
  }

  private void mean(int[] patches, int from, int to, float[] codes, int at) {
    int dimension = sample.dimension();
    float[] patch = new float[dimension];
    double[] sums = new double[dimension];
    for (int n = from; n < to; n++) {
      sample.read(patches[n], patch, 0);
      for (int i = 0; i < dimension; i++) {
        sums[i] += patch[i];
      }
    }
    for (int i = 0; i < dimension && from < to; i++) {
      codes[at + i] = (float) (sums[i] / (to - from));
    }
  }

  private void fill(IntStream unused, float[] codes) {
    int[] codesToFill = unused.toArray();
    if (codesToFill.length == 0) {
      return;
    }
    Iterator<Integer> farthest =
        IntStream.range(0, distances.length)
            .filter(n -> distances[n] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(n -> -distances[n]))
            .iterator();
    for (int code : codesToFill) {
      if (farthest.hasNext()) {
        sample.read(farthest.next(), codes, code * sample.dimension());
      }
    }
  }
}
