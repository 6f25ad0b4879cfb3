package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Where the codes of each sub-codebook lie in a plane, laid out by the vectors that they stand for.
 * Written to {@code cells/<id>/code-map.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param method that laid them out, in words
 * @param books one a sub-codebook
 */
public record CodeMap(int schemaVersion, String method, List<Book> books) {
  /** Copies the list. */
  public CodeMap {
    books = List.copyOf(books);
  }

  /**
   * The map of a sub-codebook.
   *
   * @param name of the sub-codebook
   * @param size how many codes it has
   * @param distinct how many of them occurred
   * @param divergence of the plane's affinities from those of the vectors, in nats
   * @param codes those that occurred most often, the most frequent first
   */
  public record Book(String name, int size, long distinct, double divergence, List<Code> codes) {
    /** Copies the list. */
    public Book {
      codes = List.copyOf(codes);
    }
  }

  /**
   * A code.
   *
   * @param index in its sub-codebook
   * @param count how often it occurred
   * @param label the class of the images where it occurred most often; null where images have none
   * @param share of its occurrences that lie in that class, in (0, 1]
   * @param x its place
   * @param y its place
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Code(int index, long count, String label, Double share, double x, double y) {}
}
