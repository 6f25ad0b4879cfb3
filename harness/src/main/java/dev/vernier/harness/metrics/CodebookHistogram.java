package dev.vernier.harness.metrics;

import dev.vernier.records.CodebookUse;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How often each index of each sub-codebook, and each tuple of them, occurred over a whole set of
 * images: what usage, entropy and perplexity derive from. Memory grows with what occurred, not with
 * the codebook, which may have 2^30 entries.
 */
public final class CodebookHistogram {
  private final List<SubCodebook> books;
  private final List<TupleCounts> counts;
  private final TupleCounts tuples;

  /** An empty histogram. */
  public CodebookHistogram(List<SubCodebook> books) {
    this.books = List.copyOf(books);
    this.counts = books.stream().map(book -> new TupleCounts(1)).toList();
    this.tuples = new TupleCounts(counts.size());
  }

  /**
   * Counts the indices of a batch.
   *
   * @throws IllegalArgumentException if the tokens are of other sub-codebooks
   */
  public void add(Tokens tokens) {
    if (!tokens.subCodebooks().equals(books)) {
      throw new IllegalArgumentException(
          "tokens of " + tokens.subCodebooks() + " do not fit a histogram of " + books);
    }
    int[] single = new int[1];
    for (int j = 0; j < counts.size(); j++) {
      TupleCounts count = counts.get(j);
      tokens.forEach(
          j,
          index -> {
            single[0] = index;
            count.add(single);
          });
    }
    if (counts.size() > 1) {
      addTuples(tokens);
    }
  }

  private void addTuples(Tokens tokens) {
    int k = counts.size();
    int area = tokens.height() * tokens.width();
    int[] indices = tokens.toArray();
    int[] tuple = new int[k];
    for (int image = 0; image < tokens.batch(); image++) {
      for (int position = 0; position < area; position++) {
        for (int j = 0; j < k; j++) {
          tuple[j] = indices[(image * k + j) * area + position];
        }
        tuples.add(tuple);
      }
    }
  }

  /**
   * The use of each sub-codebook, then {@code joint} where there are several.
   *
   * @throws IllegalStateException if nothing was counted
   */
  public List<CodebookUse> use() {
    List<CodebookUse> use = new ArrayList<>();
    for (int j = 0; j < counts.size(); j++) {
      use.add(use(books.get(j).name(), books.get(j).size(), counts.get(j)));
    }
    if (counts.size() > 1) {
      double size = books.stream().mapToDouble(SubCodebook::size).reduce(1, (a, b) -> a * b);
      use.add(use(CodebookUse.JOINT, size, tuples));
    }
    return use;
  }

  /**
   * How often each code that occurred did, ascending, in the order of {@link #use}.
   *
   * @throws IllegalStateException if nothing was counted
   */
  public List<long[]> ascending() {
    List<long[]> all = new ArrayList<>();
    for (int j = 0; j < counts.size(); j++) {
      all.add(present(books.get(j).name(), counts.get(j)));
    }
    if (counts.size() > 1) {
      all.add(present(CodebookUse.JOINT, tuples));
    }
    return all;
  }

  private static long[] present(String name, TupleCounts counts) {
    long[] present = counts.ascending();
    if (present.length == 0) {
      throw new IllegalStateException("no index of " + name + " was counted");
    }
    return present;
  }

  private static CodebookUse use(String name, double size, TupleCounts counts) {
    long[] present = present(name, counts);
    double entropy = Entropy.plugIn(present);
    return new CodebookUse(
        name,
        size,
        present.length,
        present.length / size,
        entropy,
        Math.pow(2, entropy),
        LongStream.of(present).sum());
  }
}
