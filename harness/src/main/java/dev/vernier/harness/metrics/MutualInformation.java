package dev.vernier.harness.metrics;

import dev.vernier.spi.RandomOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What the sub-codes of a position say of each other, in bits: the sum of their entropies less the
 * entropy of the tuple, which is the mutual information of two and the total correlation of more
 * (Watanabe 1960). None at all is perfect disentanglement. The plug-in estimate is far above 0
 * where tuples are many and tokens few, also of independent codes, so what independence would have
 * given is measured and subtracted: every sub-codebook but the first takes its codes from another
 * image, the images permuted, with the positions of each image turned by a step of its own (torus
 * shifts, Upton and Fingleton 1985). That breaks every tie between sub-codebooks and keeps the
 * order within each, for neighbouring codes are alike, and count for less than as many independent
 * ones.
 *
 * @param plugIn the estimate from the counts
 * @param independent the plug-in estimate of each permutation, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MutualInformation(double plugIn, double[] independent) {
  private static final long MANY = 1 << 20;

  /**
   * Of the codes in a table.
   *
   * @param permutations at least one
   */
  public static MutualInformation of(CodeTable codes, int permutations, long seed) {
    double marginals =
        IntStream.range(0, codes.books()).mapToDouble(book -> marginal(codes, book)).sum();
    double[] independent =
        permuted(codes, permutations, seed)
            .mapToDouble(places -> marginals - joint(codes, places))
            .toArray();
    return new MutualInformation(marginals - joint(codes, Places.own(codes)), independent);
  }

  /**
   * Of each two sub-codebooks, under the permutations that {@link #of} makes of all. The total
   * correlation of three does not say which of them are tied.
   *
   * @param permutations at least one
   * @return of the first sub-codebook with each later one, then of the second, and so on
   */
  public static List<MutualInformation> ofPairs(CodeTable codes, int permutations, long seed) {
    CodebookPairs pairs = CodebookPairs.of(codes);
    double[] plugIn = pairs.information();
    List<double[]> independent =
        permuted(codes, permutations, seed)
            .map(places -> pairs.taken(places).information())
            .toList();
    return IntStream.range(0, plugIn.length)
        .mapToObj(
            pair ->
                new MutualInformation(
                    plugIn[pair], independent.stream().mapToDouble(each -> each[pair]).toArray()))
        .toList();
  }

  /** Many codes are sorted by all threads, one permutation after the other, to bound the memory. */
  private static Stream<Places> permuted(CodeTable codes, int permutations, long seed) {
    LongStream seeds = LongStream.of(new SplittableRandom(seed).longs(permutations).toArray());
    boolean many = (long) codes.size() * codes.area() > MANY;
    return (many ? seeds : seeds.parallel())
        .mapToObj(each -> Places.permuted(codes, new SplittableRandom(each)));
  }

  /** The estimate without what independent sub-codebooks would have shown; may be below 0. */
  public double corrected() {
    return plugIn - StatUtils.mean(independent);
  }

  /** How likely independent sub-codebooks are to show as much: a permutation test, one-sided. */
  public double p() {
    long asMuch = Arrays.stream(independent).filter(each -> each >= plugIn).count();
    return (asMuch + 1.0) / (independent.length + 1.0);
  }

  private static double marginal(CodeTable codes, int book) {
    return Entropy.plugIn(Occurrences.ascending(codes.codes(book)));
  }

  private static double joint(CodeTable codes, Places places) {
    int area = codes.area();
    long[] tuples =
        codes.tuples(
            (image, book, position) ->
                codes.code(
                    places.images[book][image],
                    book,
                    (position + places.turns[book][image]) % area));
    return Entropy.plugIn(Occurrences.ascending(tuples));
  }

  /**
   * Where sub-codebooks take their codes from.
   *
   * @param images the image, by sub-codebook and image
   * @param turns how many positions further on, by sub-codebook and image
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Places(int[][] images, int[][] turns) {
    private static Places own(CodeTable codes) {
      int[][] images = new int[codes.books()][];
      Arrays.setAll(images, book -> IntStream.range(0, codes.size()).toArray());
      return new Places(images, new int[codes.books()][codes.size()]);
    }

    private static Places permuted(CodeTable codes, SplittableRandom random) {
      Places places = own(codes);
      for (int book = 1; book < codes.books(); book++) {
        RandomOrder.shuffle(places.images[book], random);
        Arrays.setAll(places.turns[book], image -> random.nextInt(codes.area()));
      }
      return places;
    }
  }
}
