package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.CodeTable;
import dev.vernier.harness.metrics.CodebookHistogram;
import dev.vernier.harness.metrics.Entropy;
import dev.vernier.harness.metrics.MutualInformation;
import dev.vernier.harness.metrics.Richness;
import dev.vernier.records.CodeFrequencies;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Metrics on the codes of a set of images. A token is the tuple of the sub-codes of a position.
 * What is estimated from counts has a caveat where the counts are few.
 */
final class CodeMetrics {
  /** Usage is rarefied to so many tokens, whatever the set, so that sets of all sizes compare. */
  static final long RAREFIED = 10_000;

  /** Fewer tokens a code than this, and usage, entropy and perplexity say more of the set. */
  private static final int FEW = 10;

  private static final int PERMUTATIONS = 99;
  private static final long PERMUTATION_SEED = 1960;
  private static final double TAIL = 2.5;

  private final TokenizerSpec spec;
  private final CodebookHistogram histogram;
  private final CodeTable table;

  /** Metrics of the codes of a tokenizer; none are there yet. */
  CodeMetrics(TokenizerSpec spec) {
    this.spec = spec;
    this.table = new CodeTable(spec.subCodebooks());
    this.histogram = new CodebookHistogram(table);
  }

  void add(Tokens tokens) {
    table.add(tokens);
  }

  /** The codes, image by image. */
  CodeTable table() {
    return table;
  }

  /** How often codes occurred. */
  CodeFrequencies frequencies() {
    List<CodebookUse> use = histogram.use();
    List<long[]> ascending = histogram.ascending();
    List<CodeFrequencies.Book> books = new ArrayList<>();
    for (int i = 0; i < use.size(); i++) {
      books.add(RankedCodes.of(use.get(i), ascending.get(i)));
    }
    return new CodeFrequencies(ResultFiles.SCHEMA_VERSION, books);
  }

  /**
   * What the codes say.
   *
   * @param metrics by stable key
   * @param use of each sub-codebook, then of the tuples where there are several
   * @param replicates of usage and of those metrics that were resampled
   * @param notes lines for the reader: how far the numbers reach, and which there are none of
   */
  record Outcome(
      Map<String, Metric> metrics,
      List<CodebookUse> use,
      Map<MetricKind, Replicates> replicates,
      List<String> notes) {}

  /**
   * Measures.
   *
   * @param bootstrap resamplings of the images, the same ones as of the Frechet distance; 0 for
   *     none
   */
  Outcome measure(ProtocolBook protocols, int bootstrap) {
    Numbers numbers = new Numbers(protocols, bootstrap);
    numbers.rates();
    numbers.entropies();
    numbers.rarefied();
    if (table.books() > 1) {
      numbers.dependence();
    }
    if (table.books() > 2) {
      numbers.dependenceOfPairs();
    }
    numbers.caveats();
    if (bootstrap > 0) {
      numbers.resampledUsage();
    }
    return new Outcome(numbers.metrics, numbers.uses(), numbers.replicates, numbers.notes);
  }

  /** The numbers of one measurement, as they are made. */
  private final class Numbers {
    private final ProtocolBook protocols;
    private final int bootstrap;
    private final List<CodebookUse> use = histogram.use();
    private final List<long[]> ascending = histogram.ascending();
    private final long[] tokens = ascending.get(ascending.size() - 1);
    private final long samples = use.get(use.size() - 1).samples();
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<MetricKind, Replicates> replicates = new EnumMap<>(MetricKind.class);
    private final List<String> notes = new ArrayList<>();
    private double[] resampledEntropies = {};

    private Numbers(ProtocolBook protocols, int bootstrap) {
      this.protocols = protocols;
      this.bootstrap = bootstrap;
    }

    private void rates() {
      double positions = (double) samples / table.size();
      double pixels = spec.imageSize().area();
      double entropy = use.get(use.size() - 1).entropyBits();
      rate(MetricKind.BITS_PER_PIXEL, spec.bitsPerToken() * positions / pixels);
      rate(MetricKind.ENTROPY_BITS_PER_PIXEL, entropy * positions / pixels);
    }

    private void rate(MetricKind kind, double value) {
      put(kind, value, Optional.empty(), table.size(), Map.of());
    }

    /**
     * Those that stand on singletons are not resampled: a resample has most of its images twice or
     * not at all, so few of its codes occur once.
     */
    private void entropies() {
      List<double[]> resampled =
          table.ofResampledTokens(
              counts -> new double[] {Entropy.plugIn(counts), Entropy.millerMadow(counts)},
              bootstrap,
              FeatureMetrics.BOOTSTRAP_SEED);
      resampledEntropies = column(resampled, 0);
      resampled(MetricKind.ENTROPY, Entropy.plugIn(tokens), resampledEntropies);
      resampled(MetricKind.ENTROPY_MILLER_MADOW, Entropy.millerMadow(tokens), column(resampled, 1));
      ofTokens(MetricKind.ENTROPY_CHAO_SHEN, Entropy.chaoShen(tokens));
      if (table.books() > 1) {
        ofTokens(MetricKind.ENTROPY_BOUND, bound());
      }
      ofTokens(MetricKind.UNSEEN_MASS, Richness.unseenMass(tokens));
    }

    /** Of each the larger estimate, since either is too low where it does not serve. */
    private double bound() {
      return ascending.stream()
          .limit(table.books())
          .mapToDouble(book -> Math.max(Entropy.millerMadow(book), Entropy.chaoShen(book)))
          .sum();
    }

    private static double[] column(List<double[]> rows, int column) {
      return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private void resampled(MetricKind kind, double value, double[] values) {
      put(kind, value, Bootstrap.interval(value, values), samples, Map.of());
      if (values.length > 0) {
        replicates.put(
            kind,
            FeatureMetrics.replicates(metrics.get(kind.key()).protocol(), table.size(), values));
      }
    }

    private String protocol() {
      return protocols.of(MetricKind.USAGE, Map.of()).fingerprint();
    }

    private void resampledUsage() {
      replicates.put(
          MetricKind.USAGE,
          FeatureMetrics.replicates(
              protocol(),
              table.size(),
              table.resampledUsage(bootstrap, FeatureMetrics.BOOTSTRAP_SEED)));
    }

    /** The use of each sub-codebook with its protocol and the interval of its perplexity. */
    private List<CodebookUse> uses() {
      List<CodebookUse> all = new ArrayList<>();
      for (int book = 0; book < use.size(); book++) {
        all.add(use.get(book).measured(protocol(), interval(book)));
      }
      return all;
    }

    private Optional<Metric.Interval> interval(int book) {
      // The last use is that of the tokens, whose entropies are known.
      DoubleStream entropies =
          book == use.size() - 1
              ? Arrays.stream(resampledEntropies)
              : table
                  .ofResampledCodes(book, Entropy::plugIn, bootstrap, FeatureMetrics.BOOTSTRAP_SEED)
                  .stream()
                  .mapToDouble(each -> each);
      return Bootstrap.interval(
          use.get(book).perplexity(), entropies.map(bits -> Math.pow(2, bits)).toArray());
    }

    private void ofTokens(MetricKind kind, double value) {
      put(kind, value, Optional.empty(), samples, Map.of());
    }

    private void rarefied() {
      if (samples < RAREFIED) {
        notes.add(
            "%d tokens are too few for: %s (from %d on)"
                .formatted(samples, MetricKind.RAREFIED_USAGE.label(), RAREFIED));
        return;
      }
      double entries = 0;
      double expected = 0;
      for (int book = 0; book < table.books(); book++) {
        entries += use.get(book).size();
        expected += Richness.rarefied(ascending.get(book), RAREFIED);
      }
      put(
          MetricKind.RAREFIED_USAGE,
          expected / entries,
          Optional.empty(),
          samples,
          Map.of("tokens", RAREFIED + ", drawn without replacement"));
    }

    private void dependence() {
      MutualInformation found = MutualInformation.of(table, PERMUTATIONS, PERMUTATION_SEED);
      Map<String, String> parts =
          Map.of(
              "independence",
              PERMUTATIONS
                  + " permutations of the images with torus shifts of positions, seed "
                  + PERMUTATION_SEED);
      Percentile percentile = new Percentile();
      percentile.setData(found.independent());
      Metric.Interval spread =
          new Metric.Interval(percentile.evaluate(TAIL), percentile.evaluate(100 - TAIL));
      put(MetricKind.MUTUAL_INFORMATION, found.corrected(), Optional.empty(), samples, parts);
      put(
          MetricKind.MUTUAL_INFORMATION_NULL,
          found.plugIn() - found.corrected(),
          Optional.of(spread),
          samples,
          parts);
      noteOn(use.subList(0, table.books()), found);
    }

    /** Of all together nobody could say which are tied. */
    private void dependenceOfPairs() {
      Iterator<MutualInformation> found =
          MutualInformation.ofPairs(table, PERMUTATIONS, PERMUTATION_SEED).iterator();
      for (int one = 0; one < table.books(); one++) {
        for (int other = one + 1; other < table.books(); other++) {
          noteOn(List.of(use.get(one), use.get(other)), found.next());
        }
      }
    }

    private void noteOn(List<CodebookUse> books, MutualInformation found) {
      notes.add(
          String.format(
              Locale.ROOT,
              "mutual information of %s: %.4f bits a token less %.4f that independent ones show,"
                  + " p = %.2f (%d permutations, one-sided)",
              books.stream().map(CodebookUse::name).collect(Collectors.joining(", ")),
              found.plugIn(),
              found.plugIn() - found.corrected(),
              found.p(),
              PERMUTATIONS));
    }

    private void caveats() {
      for (CodebookUse each : use) {
        if (each.samples() < FEW * each.size()) {
          notes.add(
              String.format(
                  Locale.ROOT,
                  "usage, entropy and perplexity of %s rest on %,d tokens for %,.0f codes, fewer than"
                      + " ten a code: usage grows with the images, and the plug-in entropy cannot"
                      + " exceed %.2f bits",
                  each.name().equals(CodebookUse.JOINT)
                      ? "the tuples of all sub-codebooks"
                      : each.name(),
                  each.samples(),
                  each.size(),
                  Math.log(Math.min((double) each.samples(), each.size())) / Math.log(2)));
        }
      }
    }

    private void put(
        MetricKind kind,
        double value,
        Optional<Metric.Interval> interval,
        long of,
        Map<String, String> parts) {
      String protocol = protocols.of(kind, parts).fingerprint();
      metrics.put(kind.key(), Metric.of(kind, "", value, interval, of, protocol));
    }
  }
}
