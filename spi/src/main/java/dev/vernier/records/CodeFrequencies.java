package dev.vernier.records;

import java.util.List;

/**
 * How often the codes of a cell occurred over the images measured, in so few numbers that a
 * codebook of any size fits. Written to {@code cells/<id>/code-frequencies.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param books each sub-codebook, then {@link CodebookUse#JOINT} where there are several
 */
public record CodeFrequencies(int schemaVersion, List<Book> books) {
  /**
   * A codebook.
   *
   * @param name of the sub-codebook, or {@link CodebookUse#JOINT} for the tuples of all of them
   * @param size number of entries
   * @param tokens how many indices were counted
   * @param ranks some ranks of codes by their frequency, ascending from 1, the most frequent one,
   *     to the last one that occurred
   * @param counts how often the code of each rank occurred
   * @param drawn some numbers of tokens, ascending, at most {@code tokens}
   * @param distinct how many codes are expected among so many of the tokens, drawn without
   *     replacement (Hurlbert 1971)
   */
  public record Book(
      String name,
      double size,
      long tokens,
      List<Long> ranks,
      List<Long> counts,
      List<Long> drawn,
      List<Double> distinct) {
    /** Copies the lists. */
    public Book {
      ranks = List.copyOf(ranks);
      counts = List.copyOf(counts);
      drawn = List.copyOf(drawn);
      distinct = List.copyOf(distinct);
    }
  }

  /** Copies the list. */
  public CodeFrequencies {
    books = List.copyOf(books);
  }
}
