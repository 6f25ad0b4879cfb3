package dev.vernier.harness.decoding.webp;

import java.util.Arrays;

/**
 * What a VP8 frame says of all its macroblocks (RFC 6386, sections 9.3 to 9.11), read from its
 * first partition.
 */
final class LossyHeader {
  private static final int SEGMENTS = 4;

  /** Whether macroblocks say which segment they belong to, and probabilities of what they say. */
  final boolean segmented;

  final int[] segmentTree = {255, 255, 255};

  /** Whether the filter looks at two pixels of luma alone. */
  final boolean simpleFilter;

  final int sharpness;

  /** Logarithm of the number of partitions of coefficients. */
  final int partitionBits;

  /** Probabilities of tokens, {@code [4 types, 8 bands, 3 contexts, 11]}. */
  final int[] probabilities;

  /** Whether macroblocks say that they have no coefficients. */
  final boolean skips;

  /** Probability that a macroblock has some, where they say it; 0 of 256 is one, too. */
  final int skipProbability;

  /** Whether there is any filter; where there is none, no segment switches it on. */
  private final boolean filters;

  private final int[] filterLevels = new int[SEGMENTS];
  private final int filterDelta;
  private final int filterDeltaOfBlocks;
  private final Steps[] steps = new Steps[SEGMENTS];

  /** Steps of quantization: of luma, of the means of luma, and of chroma; first ones and others. */
  record Steps(int y1First, int y1, int y2First, int y2, int uvFirst, int uv) {}

  LossyHeader(BoolDecoder in) {
    // Colour space and clamping, which change nothing.
    in.number(2);
    boolean segments = in.flag();
    boolean map = false;
    boolean absolute = false;
    int[] indices = new int[SEGMENTS];
    int[] levels = new int[SEGMENTS];
    if (segments) {
      map = in.flag();
      if (in.flag()) {
        absolute = in.flag();
        Arrays.setAll(indices, i -> in.optional(7));
        Arrays.setAll(levels, i -> in.optional(6));
      }
      if (map) {
        Arrays.setAll(segmentTree, i -> in.flag() ? in.number(8) : 255);
      }
    }
    segmented = map;
    simpleFilter = in.flag();
    int level = in.number(6);
    sharpness = in.number(3);
    int delta = 0;
    int deltaOfBlocks = 0;
    boolean deltas = in.flag();
    if (deltas && in.flag()) {
      delta = in.optional(6);
      in.optional(6);
      in.optional(6);
      in.optional(6);
      deltaOfBlocks = in.optional(6);
      in.optional(6);
      in.optional(6);
      in.optional(6);
    }
    filters = level > 0;
    filterDelta = delta;
    filterDeltaOfBlocks = deltaOfBlocks;
    partitionBits = in.number(2);
    int index = in.number(7);
    int[] differences = new int[5];
    Arrays.setAll(differences, i -> in.optional(4));
    for (int i = 0; i < SEGMENTS; i++) {
      boolean base = !segments || !absolute;
      steps[i] = steps((base ? index : 0) + indices[i], differences);
      filterLevels[i] = (base ? level : 0) + levels[i];
    }
    // Whether the probabilities serve later frames, too.
    in.flag();
    probabilities = LossyTables.COEFFICIENTS.clone();
    for (int i = 0; i < probabilities.length; i++) {
      if (in.flag(LossyTables.UPDATES[i])) {
        probabilities[i] = in.number(8);
      }
    }
    skips = in.flag();
    skipProbability = skips ? in.number(8) : 0;
  }

  private static Steps steps(int index, int[] differences) {
    return new Steps(
        LossyTables.DC_STEPS[clamped(index + differences[0], 127)],
        LossyTables.AC_STEPS[clamped(index, 127)],
        LossyTables.DC_STEPS[clamped(index + differences[1], 127)] * 2,
        Math.max(8, LossyTables.AC_STEPS[clamped(index + differences[2], 127)] * 155 / 100),
        LossyTables.DC_STEPS[clamped(index + differences[3], 117)],
        LossyTables.AC_STEPS[clamped(index + differences[4], 127)]);
  }

  private static int clamped(int value, int most) {
    return Math.max(0, Math.min(most, value));
  }

  /** How coefficients of a segment are scaled. */
  Steps steps(int segment) {
    return steps[segment];
  }

  /** How strongly a macroblock is filtered, 0 to 63. */
  int filterLevel(int segment, boolean inBlocks) {
    if (!filters) {
      return 0;
    }
    return clamped(filterLevels[segment] + filterDelta + (inBlocks ? filterDeltaOfBlocks : 0), 63);
  }
}
