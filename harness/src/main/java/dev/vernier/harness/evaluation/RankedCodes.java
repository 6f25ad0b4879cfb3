package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Richness;
import dev.vernier.records.CodeFrequencies;
import dev.vernier.records.CodebookUse;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Thins the counts of codes to what a chart shows: some ranks, and some numbers of tokens. */
final class RankedCodes {
  /** Numbers kept of a codebook, at equal distances of their logarithms. */
  static final int KEPT = 100;

  private RankedCodes() {}

  /**
   * The frequencies of a codebook.
   *
   * @param ascending counts of the codes that occurred, ascending
   */
  static CodeFrequencies.Book of(CodebookUse use, long[] ascending) {
    List<Long> ranks = upTo(ascending.length);
    List<Long> drawn = upTo(use.samples());
    return new CodeFrequencies.Book(
        use.name(),
        use.size(),
        use.samples(),
        ranks,
        ranks.stream().map(rank -> ascending[(int) (ascending.length - rank)]).toList(),
        drawn,
        drawn.stream().map(tokens -> Richness.rarefied(ascending, tokens)).toList());
  }

  /** Numbers from 1 to a last one, both among them. */
  private static List<Long> upTo(long last) {
    DoubleStream spaced =
        IntStream.range(0, KEPT).mapToDouble(i -> Math.pow((double) last, (double) i / (KEPT - 1)));
    return spaced.mapToLong(Math::round).distinct().boxed().toList();
  }
}
