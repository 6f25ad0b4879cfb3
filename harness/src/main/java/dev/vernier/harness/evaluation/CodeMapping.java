package dev.vernier.harness.evaluation;

import dev.vernier.harness.embedding.Tsne;
import dev.vernier.harness.metrics.CodeTable;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.CodeMap;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * In images of which class each code occurs, and a map of the vectors that the most frequent codes
 * of each sub-codebook stand for.
 */
final class CodeMapping {
  private static final long SEED = 2008;
  private static final int FEWEST = 4;

  private final TokenizerSpec spec;
  private final List<String> classes;
  private final int most;

  /**
   * A way to map codes.
   *
   * @param classes names of the images' classes; may be none
   * @param most so many codes of a sub-codebook at most
   */
  CodeMapping(TokenizerSpec spec, List<String> classes, int most) {
    this.spec = spec;
    this.classes = classes;
    this.most = most;
  }

  /**
   * The map of the codes of some images; a sub-codebook of fewer than four codes has none.
   *
   * @param labels of the images, in the order of the table
   */
  CodeMap map(CodeTable table, List<Integer> labels, CodeVectors vectors, Progress progress) {
    List<CodeMap.Book> books = new ArrayList<>();
    for (int j = 0; j < table.books(); j++) {
      progress.update("map of the codes", j, table.books(), "");
      book(j, table, labels, vectors).ifPresent(books::add);
    }
    String method =
        "t-SNE of the %d most frequent codes at most, perplexity %d or a third of their number, from random places (seed %d)"
            .formatted(most, Tsne.PERPLEXITY, SEED);
    return new CodeMap(ResultFiles.SCHEMA_VERSION, method, books);
  }

  private Optional<CodeMap.Book> book(
      int number, CodeTable table, List<Integer> labels, CodeVectors vectors) {
    long[] all = table.codes(number);
    Map<Integer, Long> totals = new HashMap<>();
    for (long code : all) {
      totals.merge((int) code, 1L, Long::sum);
    }
    if (totals.size() < FEWEST) {
      return Optional.empty();
    }
    int[] codes = mostFrequent(totals);
    Map<Integer, long[]> byClass = byClass(codes, all, table.area(), labels);
    Tsne.Layout layout;
    try (INDArray rows = vectors.vectors(number, codes)) {
      layout = Tsne.of(Pixels.toFloats(rows), codes.length, new SplittableRandom(SEED));
    }
    SubCodebook book = spec.subCodebooks().get(number);
    return Optional.of(
        new CodeMap.Book(
            book.name(),
            book.size(),
            totals.size(),
            layout.divergence(),
            IntStream.range(0, codes.length)
                .mapToObj(i -> code(codes[i], byClass.get(codes[i]), layout.places(), i))
                .toList()));
  }

  private int[] mostFrequent(Map<Integer, Long> totals) {
    return totals.keySet().stream()
        .sorted(
            Comparator.comparingLong((Integer code) -> -totals.get(code))
                .thenComparing(Comparator.naturalOrder()))
        .limit(Math.max(FEWEST, most))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How often each of some codes occurs in images of each class, and at last of none. */
  private Map<Integer, long[]> byClass(int[] codes, long[] all, int area, List<Integer> labels) {
    Map<Integer, long[]> counts = new HashMap<>();
    for (int code : codes) {
      counts.put(code, new long[classes.size() + 1]);
    }
    for (int i = 0; i < all.length; i++) {
      long[] own = counts.get((int) all[i]);
      if (own != null) {
        int label = labels.get(i / area);
        own[label < 0 || label >= classes.size() ? classes.size() : label]++;
      }
    }
    return counts;
  }

  private CodeMap.Code code(int index, long[] byClass, double[] places, int at) {
    int frequent =
        IntStream.range(0, classes.size())
            .boxed()
            .max(Comparator.comparingLong(i -> byClass[i]))
            .filter(i -> byClass[i] > 0)
            .orElse(-1);
    long total = total(byClass);
    return new CodeMap.Code(
        index,
        total,
        frequent < 0 ? null : classes.get(frequent),
        frequent < 0 ? null : (double) byClass[frequent] / total,
        places[2 * at],
        places[2 * at + 1]);
  }

  private static long total(long[] counts) {
    long total = 0;
    for (long each : counts) {
      total += each;
    }
    return total;
  }
}
