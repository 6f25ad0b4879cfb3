package dev.vernier.harness.metrics;

import dev.vernier.harness.metrics.MutualInformation.Places;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The codes of several sub-codebooks, of which each two are compared. Pairs are counted in time
 * that is linear in the tokens, and not by sorting them. Takes 4 bytes a sub-token.
 */
final class CodebookPairs {
  private final int area;
  private final int[][] codes;
  private final int[] distinct;
  private final double[] entropies;

  /**
   * Some codes.
   *
   * @param area positions of an image
   * @param codes by sub-codebook, image after image; those that occur are numbered from 0
   * @param distinct how many occur, by sub-codebook
   * @param entropies of the codes of each sub-codebook, in bits
   */
  private CodebookPairs(int area, int[][] codes, int[] distinct, double[] entropies) {
    this.area = area;
    this.codes = codes;
    this.distinct = distinct;
    this.entropies = entropies;
  }

  /** The codes of a table, each where it is. */
  static CodebookPairs of(CodeTable table) {
    int[][] codes = new int[table.books()][];
    int[] distinct = new int[table.books()];
    double[] entropies = new double[table.books()];
    for (int book = 0; book < codes.length; book++) {
      long[] own = table.codes(book);
      distinct[book] = Occurrences.renumber(own);
      codes[book] = Arrays.stream(own).mapToInt(each -> (int) each).toArray();
      entropies[book] = Entropy.plugIn(Occurrences.ascending(own));
    }
    return new CodebookPairs(table.area(), codes, distinct, entropies);
  }

  /** The same codes, each taken from another place; as often as before, so of equal entropy. */
  CodebookPairs taken(Places places) {
    int[][] taken = new int[codes.length][];
    Arrays.setAll(taken, book -> taken(codes[book], places.images()[book], places.turns()[book]));
    return new CodebookPairs(area, taken, distinct, entropies);
  }

  private int[] taken(int[] own, int[] images, int[] turns) {
    int[] taken = new int[own.length];
    int at = 0;
    for (int image = 0; image < images.length; image++) {
      for (int position = 0; position < area; position++, at++) {
        taken[at] = own[images[image] * area + (position + turns[image]) % area];
      }
    }
    return taken;
  }

  /** Plug-in mutual information of each two in bits, those of the first sub-codebook first. */
  double[] information() {
    return IntStream.range(0, codes.length)
        .boxed()
        .flatMap(
            one -> IntStream.range(one + 1, codes.length).mapToObj(other -> between(one, other)))
        .mapToDouble(each -> each)
        .toArray();
  }

  private double between(int one, int other) {
    return entropies[one] + entropies[other] - Entropy.plugIn(counts(one, other));
  }

  /** How often each pair of codes that occurs does, ascending. */
  private long[] counts(int one, int other) {
    int[] begin = begin(codes[one], distinct[one]);
    int[] others = grouped(codes[one], codes[other], begin);
    int[] seen = new int[distinct[other]];
    long[] counts = new long[others.length];
    int pairs = 0;
    for (int code = 0; code < distinct[one]; code++) {
      for (int at = begin[code]; at < begin[code + 1]; at++) {
        seen[others[at]]++;
      }
      for (int at = begin[code]; at < begin[code + 1]; at++) {
        if (seen[others[at]] > 0) {
          counts[pairs++] = seen[others[at]];
          seen[others[at]] = 0;
        }
      }
    }
    Arrays.sort(counts, 0, pairs);
    return Arrays.copyOf(counts, pairs);
  }

  /** Where each code would begin were they sorted, and where the last one would end. */
  private static int[] begin(int[] codes, int distinct) {
    int[] begin = new int[distinct + 1];
    for (int code : codes) {
      begin[code + 1]++;
    }
    Arrays.parallelPrefix(begin, Integer::sum);
    return begin;
  }

  /** The other codes, those that stand beside the same code one after the other. */
  private static int[] grouped(int[] codes, int[] others, int[] begin) {
    int[] next = begin.clone();
    int[] grouped = new int[others.length];
    for (int at = 0; at < codes.length; at++) {
      grouped[next[codes[at]]++] = others[at];
    }
    return grouped;
  }
}
