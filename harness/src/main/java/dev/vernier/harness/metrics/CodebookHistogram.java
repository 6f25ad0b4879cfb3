package dev.vernier.harness.metrics;

import dev.vernier.records.CodebookUse;
import dev.vernier.spi.SubCodebook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How often each index of each sub-codebook, and each tuple of them, occurs in a table: what usage,
 * entropy and perplexity derive from. Memory grows with what occurs, not with the codebook, which
 * may have 2^30 entries.
 */
public final class CodebookHistogram {
  private final CodeTable table;
  private final List<SubCodebook> books;
  private List<long[]> ascending = List.of();
  private int images;

  /** A histogram of what a table holds whenever it is asked. */
  public CodebookHistogram(CodeTable table) {
    this.table = table;
    this.books = table.subCodebooks();
  }

  /**
   * The use of each sub-codebook, then {@code joint} where there are several.
   *
   * @throws IllegalStateException if nothing was counted
   */
  public List<CodebookUse> use() {
    List<long[]> counts = ascending();
    List<CodebookUse> use = new ArrayList<>();
    for (int j = 0; j < books.size(); j++) {
      use.add(use(books.get(j).name(), books.get(j).size(), counts.get(j)));
    }
    if (books.size() > 1) {
      double size = books.stream().mapToDouble(SubCodebook::size).reduce(1, (a, b) -> a * b);
      use.add(use(CodebookUse.JOINT, size, counts.get(books.size())));
    }
    return use;
  }

  /**
   * How often each code that occurred did, ascending, in the order of {@link #use}.
   *
   * @throws IllegalStateException if nothing was counted
   */
  public List<long[]> ascending() {
    if (table.size() == 0) {
      throw new IllegalStateException("no index of " + books.get(0).name() + " was counted");
    }
    if (images != table.size()) {
      List<long[]> all = new ArrayList<>();
      for (int j = 0; j < books.size(); j++) {
        all.add(Occurrences.ascending(table.codes(j)));
      }
      if (books.size() > 1) {
        all.add(Occurrences.ascending(table.tuples(table::code)));
      }
      ascending = List.copyOf(all);
      images = table.size();
    }
    return ascending;
  }

  private static CodebookUse use(String name, double size, long[] present) {
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
