package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.engine.search.DistinctRows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the nearest code of a patch by squared Euclidean distance, ties to the lowest index. The
 * answer is that of double arithmetic on the float values. Patches of pictures are alike in all but
 * a few coordinates ({@link CosineView}), so a k-d tree over these (Friedman, Bentley and Finkel
 * 1977) passes over nearly all codes, and their distance in these over most of the others: of
 * 16,384 codes a search looks at some 900 coordinates and 20 whole codes, where a search that
 * scores every code takes ten times as long. Safe for use by several threads, each with a {@link
 * Query} of its own.
 */
final class PatchSearch {
  private static final int LEAF = 8;

  /** Values added up between two looks at whether the sum is too large already. */
  private static final int STRIDE = 16;

  private final float[] codes;
  private final int dimension;
  private final CosineView view;
  private final int width;
  private final double longest;

  /** The codes in the order of the tree, and their coordinates. */
  private final int[] order;

  private final float[] coordinates;

  /** At the middle of every range of the order that is no leaf: what parts its halves. */
  private final int[] axes;

  private final float[] borders;

  /**
   * Prepares to search.
   *
   * @param codes {@code [K, D]}; not to be changed
   */
  PatchSearch(float[] codes, PatchGrid grid) {
    this.codes = codes;
    this.dimension = grid.dimension();
    this.view = CosineView.of(codes, grid);
    this.width = view.coordinates();
    this.longest = longest();
    DistinctRows distinct = new DistinctRows(codes, dimension);
    // The second of two equal codes never wins.
    this.order = IntStream.range(0, codes.length / dimension).filter(distinct::add).toArray();
    this.coordinates = new float[order.length * width];
    this.axes = new int[order.length];
    this.borders = new float[order.length];
    float[] unordered = new float[codes.length / dimension * width];
    for (int code : order) {
      view.look(codes, code * dimension, unordered, code * width);
    }
    part(0, order.length, unordered);
    for (int rank = 0; rank < order.length; rank++) {
      System.arraycopy(unordered, order[rank] * width, coordinates, rank * width, width);
    }
  }

  private double longest() {
    double most = 0;
    for (int at = 0; at < codes.length; at += dimension) {
      most = Math.max(most, length(codes, at));
    }
    return most;
  }

  private double length(float[] rows, int at) {
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      square += (double) rows[at + i] * rows[at + i];
    }
    return Math.sqrt(square);
  }

  /** Parts a range in halves along the coordinate in which it is widest, and they in turn. */
  private void part(int from, int to, float[] unordered) {
    if (to - from <= LEAF) {
      return;
    }
    int axis = widest(from, to, unordered);
    long[] sorted = new long[to - from];
    for (int i = from; i < to; i++) {
      sorted[i - from] = ((long) ascending(unordered[order[i] * width + axis]) << 32) | order[i];
    }
    Arrays.sort(sorted);
    for (int i = from; i < to; i++) {
      order[i] = (int) sorted[i - from];
    }
    int middle = (from + to) >>> 1;
    axes[middle] = axis;
    borders[middle] = unordered[order[middle] * width + axis];
    part(from, middle, unordered);
    part(middle, to, unordered);
  }

  private int widest(int from, int to, float[] unordered) {
    int widest = 0;
    double most = -1;
    for (int axis = 0; axis < width; axis++) {
      double sum = 0;
      double squares = 0;
      for (int i = from; i < to; i++) {
        double value = unordered[order[i] * width + axis];
        sum += value;
        squares += value * value;
      }
      double spread = squares - sum * sum / (to - from);
      if (spread > most) {
        most = spread;
        widest = axis;
      }
    }
    return widest;
  }

  /** A number that is smaller for a smaller value. */
  private static int ascending(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** A searcher for one thread. */
  Query query() {
    return new Query();
  }

  /** Searches for one patch after the other. */
  final class Query {
    private final float[] looked = new float[width];
    private final double[] beyond = new double[width];
    private float[] patches;
    private int start;
    private double distance;
    private int code;
    private float slack;
    private float limit;

    private Query() {}

    /**
     * The nearest code.
     *
     * @param from where in an array the D values of the patch begin
     */
    int nearest(float[] patches, int from) {
      this.patches = patches;
      this.start = from;
      view.look(patches, from, looked, 0);
      // Twice what rounding to float can add to a distance of coordinates.
      double reach = length(patches, from) + longest;
      slack = (float) ((width + 8) * Math.ulp(1f) * reach * reach);
      distance = Double.POSITIVE_INFINITY;
      limit = Float.POSITIVE_INFINITY;
      code = -1;
      Arrays.fill(beyond, 0);
      descend(0, order.length, 0);
      return code;
    }

    /** The squared distance of the code found last. */
    double squaredDistance() {
      return distance;
    }

    /**
     * Looks through a range, the nearer half first.
     *
     * @param least squared distance of anything in the range, at least; the sum of the squares of
     *     {@link #beyond}, how far the range lies beyond the patch along each coordinate
     */
    private void descend(int from, int to, double least) {
      if (to - from <= LEAF) {
        for (int rank = from; rank < to; rank++) {
          offer(rank);
        }
        return;
      }
      int middle = (from + to) >>> 1;
      int axis = axes[middle];
      double past = (double) looked[axis] - borders[middle];
      double before = beyond[axis];
      double other = least - before * before + past * past;
      if (past < 0) {
        descend(from, middle, least);
      } else {
        descend(middle, to, least);
      }
      if (other <= limit) {
        beyond[axis] = past;
        if (past < 0) {
          descend(middle, to, other);
        } else {
          descend(from, middle, other);
        }
        beyond[axis] = before;
      }
    }

    private void offer(int rank) {
      if (apparent(rank) > limit) {
        return;
      }
      double exact = exact(order[rank]);
      if (exact < distance || (exact == distance && order[rank] < code)) {
        distance = exact;
        code = order[rank];
        limit = (float) distance + slack;
      }
    }

    /** The squared distance in the view, or a part of it that is above the limit. */
    private float apparent(int rank) {
      float sum = 0;
      int at = rank * width;
      int i = 0;
      for (; i + 4 <= width && sum <= limit; i += 4) {
        float a = coordinates[at + i] - looked[i];
        float b = coordinates[at + i + 1] - looked[i + 1];
        float c = coordinates[at + i + 2] - looked[i + 2];
        float d = coordinates[at + i + 3] - looked[i + 3];
        sum += a * a + b * b + c * c + d * d;
      }
      for (; i < width; i++) {
        float a = coordinates[at + i] - looked[i];
        sum += a * a;
      }
      return sum;
    }

    /** The squared distance, or a part of it that is above the best. */
    private double exact(int candidate) {
      double sum = 0;
      int at = candidate * dimension;
      for (int i = 0; i < dimension && sum <= distance; i += STRIDE) {
        for (int j = i; j < Math.min(dimension, i + STRIDE); j++) {
          double difference = (double) patches[start + j] - codes[at + j];
          sum += difference * difference;
        }
      }
      return sum;
    }
  }
}
