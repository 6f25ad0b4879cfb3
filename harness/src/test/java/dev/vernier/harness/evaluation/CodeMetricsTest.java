package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.CodeFrequencies;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodeMetricsTest {
  private static final List<SubCodebook> PAIR =
      List.of(new SubCodebook("visual", 512), new SubCodebook("semantic", 512));

  /** Uniform codes of 16 positions an image, the second sub-code that of the first, or not. */
  private static CodeMetrics codes(int images, boolean equal) {
    CodeMetrics metrics =
        new CodeMetrics(new TokenizerSpec("plugin", ImageSize.square(32), 8, PAIR, 8, 1));
    Random random = new Random(5);
    for (int image = 0; image < images; image++) {
      int[] codes = random.ints(32, 0, 512).toArray();
      if (equal) {
        System.arraycopy(codes, 0, codes, 16, 16);
      }
      metrics.add(new Tokens(codes, 1, PAIR, 4, 4));
    }
    return metrics;
  }

  private static double value(CodeMetrics.Outcome outcome, MetricKind kind) {
    return outcome.metrics().get(kind.key()).value();
  }

  @Test
  void independentCodes_haveTheEntropyOfTheirSum_andSayHowFarThePlugInReaches() {
    CodeMetrics.Outcome outcome =
        codes(1000, false).measure(new ProtocolBook(Map.of("dataset", "d")), 0);
    assertThat(value(outcome, MetricKind.ENTROPY)).isBetween(13.8, 13.97);
    assertThat(value(outcome, MetricKind.ENTROPY_CHAO_SHEN)).isCloseTo(18, within(0.3));
    assertThat(value(outcome, MetricKind.ENTROPY_BOUND)).isCloseTo(18, within(0.02));
    assertThat(value(outcome, MetricKind.UNSEEN_MASS)).isCloseTo(Math.exp(-0.061), within(0.02));
    assertThat(value(outcome, MetricKind.RAREFIED_USAGE)).isCloseTo(1, within(1e-3));
    assertThat(value(outcome, MetricKind.MUTUAL_INFORMATION)).isCloseTo(0, within(0.02));
    assertThat(value(outcome, MetricKind.MUTUAL_INFORMATION_NULL)).isGreaterThan(4);
    assertThat(outcome.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith(
                        "usage, entropy and perplexity of the tuples of all sub-codebooks rest on"
                            + " 16,000 tokens for")
                    .contains("262,144 codes, fewer than ten a code")
                    .endsWith("the plug-in entropy cannot exceed 13.97 bits"))
        .noneSatisfy(note -> assertThat(note).contains("perplexity of visual"));
  }

  @Test
  void threeSubCodebooks_haveTheMutualInformationOfEachTwoNoted() {
    List<SubCodebook> books = List.of(PAIR.get(0), PAIR.get(1), new SubCodebook("texture", 512));
    CodeMetrics metrics =
        new CodeMetrics(new TokenizerSpec("plugin", ImageSize.square(32), 8, books, 8, 1));
    Random random = new Random(5);
    for (int image = 0; image < 100; image++) {
      metrics.add(new Tokens(random.ints(3 * 16, 0, 512).toArray(), 1, books, 4, 4));
    }
    assertThat(metrics.measure(new ProtocolBook(Map.of("dataset", "d")), 0).notes())
        .filteredOn(note -> note.startsWith("mutual information"))
        .extracting(note -> note.substring(0, note.indexOf(':')))
        .containsExactly(
            "mutual information of visual, semantic, texture",
            "mutual information of visual, semantic",
            "mutual information of visual, texture",
            "mutual information of semantic, texture");
  }

  @Test
  void equalCodes_tellEverythingOfEachOther() {
    CodeMetrics.Outcome outcome =
        codes(1000, true).measure(new ProtocolBook(Map.of("dataset", "d")), 0);
    assertThat(value(outcome, MetricKind.ENTROPY_CHAO_SHEN)).isCloseTo(9, within(0.03));
    assertThat(value(outcome, MetricKind.MUTUAL_INFORMATION)).isGreaterThan(4);
    assertThat(outcome.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("mutual information of visual, semantic: 8.97")
                    .contains("p = 0.01 (99 permutations, one-sided)"));
  }

  @Test
  void fewTokens_haveNoRarefiedUsage() {
    CodeMetrics.Outcome outcome = codes(20, false).measure(new ProtocolBook(Map.of()), 0);
    assertThat(outcome.metrics()).doesNotContainKey(MetricKind.RAREFIED_USAGE.key());
    assertThat(outcome.notes())
        .contains("320 tokens are too few for: Usage at 10,000 tokens (from 10000 on)");
  }

  @Test
  void usageAndEntropy_areResampledAsTheFrechetDistanceIs() {
    CodeMetrics.Outcome outcome = codes(100, false).measure(new ProtocolBook(Map.of()), 20);
    assertThat(outcome.replicates())
        .containsOnlyKeys(MetricKind.USAGE, MetricKind.ENTROPY, MetricKind.ENTROPY_MILLER_MADOW);
    Replicates usage = outcome.replicates().get(MetricKind.USAGE);
    assertThat(usage.values()).hasSize(20).allMatch(each -> each > 0.7 && each < 0.95);
    Replicates entropy = outcome.replicates().get(MetricKind.ENTROPY);
    // Of 1,600 different tuples, 16 an image. An image is drawn a Poisson number of times, which
    // takes 0.83 bits from the 6.64 of a hundred images.
    assertThat(entropy.values()).hasSize(20).allMatch(each -> each > 9.4 && each < 10.2);
    assertThat(entropy.values().stream().mapToDouble(each -> each).average().orElse(0))
        .isCloseTo(9.81, within(0.06));
    for (Replicates each : outcome.replicates().values()) {
      assertThat(each.seed()).isEqualTo(FeatureMetrics.BOOTSTRAP_SEED);
      assertThat(each.samples()).isEqualTo(100);
    }
    Metric metric = outcome.metrics().get(MetricKind.ENTROPY.key());
    assertThat(entropy.protocol()).isEqualTo(metric.protocol());
    assertThat(metric.low()).isLessThanOrEqualTo(metric.value());
    assertThat(metric.high()).isGreaterThanOrEqualTo(metric.value());
    assertThat(codes(100, false).measure(new ProtocolBook(Map.of()), 20).replicates())
        .isEqualTo(outcome.replicates());
  }

  /**
   * Each image shows one of two codes: its share has the standard error of a coin, and no other.
   */
  @Test
  void perplexity_hasTheIntervalOfWhatTheImagesShow() {
    List<SubCodebook> one = List.of(new SubCodebook("code", 4));
    CodeMetrics metrics =
        new CodeMetrics(new TokenizerSpec("plugin", ImageSize.square(32), 8, one, 8, 1));
    for (int image = 0; image < 400; image++) {
      int[] codes = new int[16];
      Arrays.fill(codes, image % 4 == 0 ? 1 : 0);
      metrics.add(new Tokens(codes, 1, one, 4, 4));
    }
    CodeMetrics.Outcome outcome = metrics.measure(new ProtocolBook(Map.of()), 500);
    // Entropy of a share of 1/4 is 0.8113 bits, its slope log2(3): 1.96 * 1.585 * sqrt(3/16/400).
    Metric entropy = outcome.metrics().get(MetricKind.ENTROPY.key());
    assertThat(entropy.value()).isCloseTo(0.8113, within(1e-4));
    assertThat(entropy.high() - entropy.low()).isCloseTo(2 * 0.0673, within(0.015));
    CodebookUse use = outcome.use().get(0);
    assertThat(use.perplexity()).isCloseTo(1.7548, within(1e-4));
    double width = use.perplexityHigh() - use.perplexityLow();
    assertThat(width).isCloseTo(2 * 0.0673 * Math.log(2) * 1.7548, within(0.02));
  }

  @Test
  void frequencies_areOfEverySubCodebookAndTheirTuples_inFewNumbers() {
    CodeMetrics codes = codes(1000, true);
    List<CodeFrequencies.Book> books = codes.frequencies().books();
    assertThat(books)
        .extracting(CodeFrequencies.Book::name)
        .containsExactly("visual", "semantic", "joint");
    CodeFrequencies.Book visual = books.get(0);
    assertThat(visual.tokens()).isEqualTo(16_000);
    assertThat(visual.ranks()).hasSizeLessThanOrEqualTo(RankedCodes.KEPT).startsWith(1L, 2L);
    assertThat(visual.ranks().get(visual.ranks().size() - 1)).isEqualTo(512);
    assertThat(visual.counts())
        .hasSameSizeAs(visual.ranks())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(visual.drawn()).startsWith(1L).endsWith(16_000L).isSorted();
    assertThat(visual.distinct().get(0)).isCloseTo(1, within(1e-9));
    assertThat(visual.distinct().get(visual.distinct().size() - 1)).isCloseTo(512, within(1e-9));
    // The sub-codes are equal, so a tuple is as frequent as its parts.
    assertThat(books.get(2).counts()).isEqualTo(visual.counts());
  }
}
