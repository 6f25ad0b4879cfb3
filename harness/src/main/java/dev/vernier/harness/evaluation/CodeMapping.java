package dev.vernier.harness.evaluation;

import dev.vernier.harness.embedding.Tsne;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.CodeMap;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Map<Integer, long[]>> counts = new ArrayList<>();

  /**
   * A mapping of no codes so far.
   *
   * @param classes names of the images' classes; may be none
   * @param most so many codes of a sub-codebook at most
   */
  CodeMapping(TokenizerSpec spec, List<String> classes, int most) {
    this.spec = spec;
    this.classes = classes;
    this.most = most;
    spec.subCodebooks().forEach(book -> counts.add(new HashMap<>()));
  }

  /** Counts the codes of images. */
  void add(Tokens tokens, List<LabelledImage> images) {
    int[] all = tokens.toArray();
    int area = tokens.height() * tokens.width();
    int books = counts.size();
    for (int i = 0; i < all.length; i++) {
      int label = images.get(i / area / books).label();
      // The last place counts images that do not say their class.
      long[] byClass =
          counts
              .get(i / area % books)
              .computeIfAbsent(all[i], code -> new long[classes.size() + 1]);
      byClass[label < 0 || label >= classes.size() ? classes.size() : label]++;
    }
  }

  /** The map of what was counted; a sub-codebook of fewer than four codes has none. */
  CodeMap map(CodeVectors vectors, Progress progress) {
    List<CodeMap.Book> books = new ArrayList<>();
    for (int j = 0; j < counts.size(); j++) {
      progress.update("map of the codes", j, counts.size(), "");
      if (counts.get(j).size() >= FEWEST) {
        books.add(book(j, vectors));
      }
    }
    String method =
        "t-SNE of the %d most frequent codes at most, from random places (seed %d)"
            .formatted(most, SEED);
    return new CodeMap(ResultFiles.SCHEMA_VERSION, method, books);
  }

  private CodeMap.Book book(int number, CodeVectors vectors) {
    Map<Integer, long[]> own = counts.get(number);
    int[] codes =
        own.keySet().stream()
            .sorted(
                Comparator.comparingLong((Integer code) -> -total(own.get(code)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(Math.max(FEWEST, most))
            .mapToInt(Integer::intValue)
            .toArray();
    Tsne.Layout layout;
    try (INDArray rows = vectors.vectors(number, codes);
        INDArray copy = rows.dup('c')) {
      layout = Tsne.of(copy.data().asFloat(), codes.length, new SplittableRandom(SEED));
    }
    SubCodebook book = spec.subCodebooks().get(number);
    return new CodeMap.Book(
        book.name(),
        book.size(),
        own.size(),
        layout.divergence(),
        IntStream.range(0, codes.length)
            .mapToObj(i -> code(codes[i], own.get(codes[i]), layout.places(), i))
            .toList());
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
