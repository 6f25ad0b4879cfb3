package dev.vernier.harness.metrics;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The codes of a set of images, image by image: what is resampled and permuted. Takes 4 bytes a
 * sub-token.
 */
public final class CodeTable {
  private final List<SubCodebook> books;
  private final List<int[]> images = new ArrayList<>();
  private int area;

  /** An empty table. */
  public CodeTable(List<SubCodebook> books) {
    this.books = List.copyOf(books);
  }

  /**
   * Adds the codes of a batch.
   *
   * @throws IllegalArgumentException if the tokens are of other sub-codebooks
   */
  public void add(Tokens tokens) {
    if (!tokens.subCodebooks().equals(books)) {
      throw new IllegalArgumentException(
          "tokens of " + tokens.subCodebooks() + " do not fit a table of " + books);
    }
    int[] all = tokens.toArray();
    int each = all.length / tokens.batch();
    area = each / books.size();
    for (int i = 0; i < tokens.batch(); i++) {
      images.add(Arrays.copyOfRange(all, i * each, (i + 1) * each));
    }
  }

  /** How many images it holds. */
  public int size() {
    return images.size();
  }

  /** How many sub-codebooks. */
  public int books() {
    return books.size();
  }

  /** Positions of an image; each has a code of every sub-codebook. */
  public int area() {
    return area;
  }

  /** The code at a position of an image in a sub-codebook. */
  int code(int image, int book, int position) {
    return images.get(image)[book * area + position];
  }

  /** The sub-codebooks. */
  List<SubCodebook> subCodebooks() {
    return books;
  }

  /** The codes of a sub-codebook, of all images one after the other. */
  public long[] codes(int book) {
    long[] codes = new long[Math.multiplyExact(size(), area)];
    for (int image = 0; image < size(); image++) {
      for (int position = 0; position < area; position++) {
        codes[image * area + position] = images.get(image)[book * area + position];
      }
    }
    return codes;
  }

  /** Where a tuple's code of a sub-codebook comes from. */
  @FunctionalInterface
  interface Source {
    int code(int image, int book, int position);
  }

  /** A number for the tuple at each position of each image, the same for equal ones alone. */
  long[] tuples(Source source) {
    long[] tuples = new long[Math.multiplyExact(size(), area)];
    long range = 1;
    for (int book = 0; book < books(); book++) {
      long entries = books.get(book).size();
      if (range > Long.MAX_VALUE / entries) {
        range = Occurrences.renumber(tuples);
      }
      int at = 0;
      for (int image = 0; image < size(); image++) {
        for (int position = 0; position < area; position++, at++) {
          tuples[at] = tuples[at] * entries + source.code(image, book, position);
        }
      }
      range *= entries;
    }
    return tuples;
  }

  /**
   * Share of all entries of all sub-codebooks that occur in resampled images.
   *
   * @param count how many resamples, drawn as {@link Bootstrap} draws them
   */
  public double[] resampledUsage(int count, long seed) {
    int[][] numbered = numbered();
    int distinct = Arrays.stream(numbered).flatMapToInt(Arrays::stream).max().orElse(-1) + 1;
    double size = books.stream().mapToDouble(SubCodebook::size).sum();
    return Bootstrap.resampled(
        size(),
        counts -> {
          boolean[] seen = new boolean[distinct];
          for (int image = 0; image < counts.length; image++) {
            if (counts[image] > 0) {
              for (int entry : numbered[image]) {
                seen[entry] = true;
              }
            }
          }
          return IntStream.range(0, distinct).filter(entry -> seen[entry]).count() / size;
        },
        count,
        seed);
  }

  /**
   * What is derived from how often tokens occur in resampled images, where a token is the tuple of
   * the codes of a position.
   *
   * @param derived from the counts of the tokens that occur, ascending; called by several threads
   * @param count how many resamples, drawn as {@link Bootstrap} draws them
   */
  public <T> List<T> ofResampledTokens(Function<long[], T> derived, int count, long seed) {
    return ofResampled(books() == 1 ? codes(0) : tuples(this::code), derived, count, seed);
  }

  /**
   * The same of the codes of one sub-codebook.
   *
   * @param derived as above
   */
  public <T> List<T> ofResampledCodes(int book, Function<long[], T> derived, int count, long seed) {
    return ofResampled(codes(book), derived, count, seed);
  }

  private <T> List<T> ofResampled(long[] codes, Function<long[], T> derived, int count, long seed) {
    int distinct = Occurrences.renumber(codes);
    return Bootstrap.each(
        size(),
        draws -> {
          long[] occurred = new long[distinct];
          for (int at = 0; at < codes.length; at++) {
            occurred[(int) codes[at]] += draws[at / area];
          }
          Arrays.sort(occurred);
          int absent = 0;
          while (occurred[absent] == 0) {
            absent++;
          }
          return derived.apply(Arrays.copyOfRange(occurred, absent, distinct));
        },
        count,
        seed);
  }

  /** The entries of each image, those that occur anywhere numbered from 0. */
  private int[][] numbered() {
    int[][] numbered = new int[size()][area * books()];
    int first = 0;
    for (int book = 0; book < books(); book++) {
      int[] present = present(book);
      for (int image = 0; image < size(); image++) {
        for (int position = 0; position < area; position++) {
          numbered[image][book * area + position] =
              first + Arrays.binarySearch(present, code(image, book, position));
        }
      }
      first += present.length;
    }
    return numbered;
  }

  private int[] present(int book) {
    return IntStream.range(0, size())
        .flatMap(image -> IntStream.range(0, area).map(position -> code(image, book, position)))
        .sorted()
        .distinct()
        .toArray();
  }
}
