package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.evaluation.FeatureTable;
import dev.vernier.harness.evaluation.GeneratorEvaluator;
import dev.vernier.harness.evaluation.ReferenceFeatures;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.DensityCoverage;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.InceptionScore;
import dev.vernier.harness.metrics.InfiniteSamples;
import dev.vernier.harness.metrics.KernelDistance;
import dev.vernier.harness.metrics.PrecisionRecall;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class GeneratorEvaluatorTest {
  private static final ImageDataset DATASET = new FewImages(ImageSize.square(8));

  @TempDir private Path cache;

  @Test
  void trainingImagesThemselves_areAtNoDistanceAndCoverEverything() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    GeneratorEvaluator.Outcome outcome =
        evaluator(ReferenceSet.training(DATASET), extractor, 0)
            .measure(table(extractor, Split.TRAIN, 24), Map.of(), Progress.NONE);
    assertThat(value(outcome, MetricKind.GFID)).isCloseTo(0, within(1e-9));
    assertThat(value(outcome, MetricKind.SFID)).isCloseTo(0, within(1e-6));
    assertThat(value(outcome, MetricKind.PRECISION)).isEqualTo(1);
    assertThat(value(outcome, MetricKind.RECALL)).isEqualTo(1);
    assertThat(value(outcome, MetricKind.COVERAGE)).isEqualTo(1);
    assertThat(value(outcome, MetricKind.DENSITY)).isEqualTo(1);
    assertThat(outcome.metrics())
        .containsOnlyKeys(
            keys(
                MetricKind.GFID,
                MetricKind.INCEPTION_SCORE,
                MetricKind.INCEPTION_SCORE_ADM,
                MetricKind.PRECISION,
                MetricKind.RECALL,
                MetricKind.PRECISION_ADM,
                MetricKind.RECALL_ADM,
                MetricKind.DENSITY,
                MetricKind.COVERAGE,
                MetricKind.SFID,
                MetricKind.KID_INFINITY));
    assertThat(outcome.notes())
        .containsExactly(
            "gFID with mean-colours features cannot be compared with published values",
            "24 images are too few for: FID (N to infinity) (from 40 on); KID (from 1000 on)");
    outcome
        .metrics()
        .forEach(
            (key, metric) ->
                assertThat(outcome.protocols().get(metric.protocol()))
                    .containsEntry("metric", MetricKind.of(key).orElseThrow().protocol())
                    .containsEntry("reference", "all 24 training images; 24 one by one"));
  }

  /** Sets so unlike that whatever tells reference from images differs with both exchanged. */
  @Test
  void everyMetric_isThatOfItsClass() throws IOException {
    ImageDataset colours = new Colours();
    CountingExtractor extractor = new CountingExtractor();
    FeatureTable generated = new FeatureTable(extractor, 1100);
    generated.add(
        IntStream.range(0, 1100).mapToObj(i -> colours.image(Split.VALIDATION, i)).toList());
    GeneratorEvaluator evaluator = evaluator(ReferenceSet.training(colours), extractor, 0);
    Map<MetricKind, Double> measured = new HashMap<>();
    evaluator
        .measure(generated, Map.of(), Progress.NONE)
        .metrics()
        .forEach((key, metric) -> measured.put(MetricKind.of(key).orElseThrow(), metric.value()));

    ReferenceFeatures reference = evaluator.reference(Progress.NONE);
    FeatureMatrix real = reference.pooled().orElseThrow();
    FeatureMatrix images = generated.pooled();
    PrecisionRecall manifolds = PrecisionRecall.of(real, images, 3);
    PrecisionRecall adm = PrecisionRecall.adm(real, images, 3);
    DensityCoverage balls = DensityCoverage.of(real, images, 5);
    assertThat(manifolds.precision()).isGreaterThan(2 * manifolds.recall());
    assertThat(adm.precision()).isGreaterThan(2 * adm.recall());
    assertThat(balls.density()).isGreaterThan(2 * balls.coverage());
    Map<MetricKind, Double> expected = new HashMap<>();
    expected.put(
        MetricKind.GFID,
        FrechetDistance.between(reference.statistics(), FeatureStatistics.of(images)));
    expected.put(
        MetricKind.FID_INFINITY, InfiniteSamples.frechet(reference.statistics(), images, 2020));
    FeatureMatrix logits = generated.logits().orElseThrow();
    expected.put(MetricKind.INCEPTION_SCORE, InceptionScore.shuffled(logits, 10, 2020).mean());
    expected.put(MetricKind.INCEPTION_SCORE_ADM, InceptionScore.ordered(logits, 1).mean());
    expected.put(MetricKind.PRECISION, manifolds.precision());
    expected.put(MetricKind.RECALL, manifolds.recall());
    expected.put(MetricKind.PRECISION_ADM, adm.precision());
    expected.put(MetricKind.RECALL_ADM, adm.recall());
    expected.put(MetricKind.DENSITY, balls.density());
    expected.put(MetricKind.COVERAGE, balls.coverage());
    // As torch-fidelity has it, the images are drawn from before the reference.
    expected.put(MetricKind.KID, KernelDistance.subsets(images, real, 100, 1000, 2020).mean());
    expected.put(MetricKind.KID_INFINITY, InfiniteSamples.kernel(real, images, 2020));
    expected.put(
        MetricKind.SFID,
        FrechetDistance.between(
            reference.layout().orElseThrow(), generated.layout().orElseThrow()));
    assertThat(measured).isEqualTo(expected);
  }

  /**
   * Three classes of 2,500 images that take turns, each recognised with certainty. The file that
   * ADM's evaluator reads of them says no classes.
   */
  @Test
  void inceptionScore_isShuffled_andInTheOrderDrawn() throws IOException {
    GeneratorEvaluator.Outcome labelled = inTurn(true);
    assertThat(value(labelled, MetricKind.INCEPTION_SCORE)).isCloseTo(3, within(0.02));
    // Class by class, the first 5,000 would be of two classes, the others of one: 1.5.
    assertThat(value(labelled, MetricKind.INCEPTION_SCORE_ADM)).isCloseTo(3, within(1e-6));
    assertThat(splits(labelled, MetricKind.INCEPTION_SCORE_ADM))
        .isEqualTo("5000 images each in their order, the last one shorter");
    assertThat(splits(labelled, MetricKind.INCEPTION_SCORE)).startsWith("10, shuffled by ");
    assertThat(inTurn(false).metrics()).isEqualTo(labelled.metrics());
  }

  private GeneratorEvaluator.Outcome inTurn(boolean labelled) throws IOException {
    FeatureExtractor extractor = new CertainColours();
    FeatureTable table = new FeatureTable(extractor, 7500);
    for (int first = 0; first < 7500; first += 60) {
      table.add(
          IntStream.range(first, first + 60).mapToObj(i -> coloured(i % 3, labelled)).toList());
    }
    Path statistics = statistics(new FeatureStatistics(new double[3], new double[9], 9));
    return evaluator(ReferenceSet.named(statistics), extractor, 0)
        .measure(table, Map.of(), Progress.NONE);
  }

  /** One colour at its brightest, which stands for the class. */
  private static LabelledImage coloured(int colour, boolean labelled) {
    byte[] rgb = new byte[3 * 16];
    Arrays.fill(rgb, colour * 16, (colour + 1) * 16, (byte) 0xff);
    return new LabelledImage("image", labelled ? colour : -1, ImageSize.square(4), rgb);
  }

  private static String splits(GeneratorEvaluator.Outcome outcome, MetricKind kind) {
    return outcome.protocols().get(outcome.metrics().get(kind.key()).protocol()).get("splits");
  }

  @Test
  void otherReference_isAnotherProtocolAndAnotherNumber() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    FeatureTable generated = table(extractor, Split.TRAIN, 24);
    Metric training =
        evaluator(ReferenceSet.training(DATASET), extractor, 0)
            .measure(generated, Map.of(), Progress.NONE)
            .metrics()
            .get(MetricKind.GFID.key());
    Metric validation =
        evaluator(ReferenceSet.validation(DATASET), extractor, 0)
            .measure(generated, Map.of(), Progress.NONE)
            .metrics()
            .get(MetricKind.GFID.key());
    assertThat(validation.protocol()).isNotEqualTo(training.protocol());
    assertThat(validation.value()).isGreaterThan(training.value() + 1e-4);
  }

  @Test
  void gfid_hasAnIntervalWhereImagesAreResampled() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    Metric gfid =
        evaluator(ReferenceSet.validation(DATASET), extractor, 50)
            .measure(table(extractor, Split.TRAIN, 24), Map.of(), Progress.NONE)
            .metrics()
            .get(MetricKind.GFID.key());
    Metric.Interval interval = gfid.interval().orElseThrow();
    assertThat(interval.low()).isLessThan(gfid.value());
    assertThat(interval.high()).isGreaterThan(gfid.value());
  }

  @Test
  void secondEvaluator_readsTheReferenceFromTheCache() throws IOException {
    CountingExtractor first = new CountingExtractor();
    ReferenceFeatures computed =
        evaluator(ReferenceSet.training(DATASET), first, 0).reference(Progress.NONE);
    CountingExtractor second = new CountingExtractor();
    ReferenceFeatures read =
        evaluator(ReferenceSet.training(DATASET), second, 0).reference(Progress.NONE);
    assertThat(first.images).isEqualTo(24);
    assertThat(second.images).isZero();
    assertThat(read).usingRecursiveComparison().isEqualTo(computed);
    CountingExtractor other = new CountingExtractor();
    evaluator(ReferenceSet.validation(DATASET), other, 0).reference(Progress.NONE);
    assertThat(other.images).isEqualTo(24);
  }

  @Test
  void namedStatistics_giveTheDistanceOfTheirImages() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    FeatureTable generated = table(extractor, Split.TRAIN, 24);
    GeneratorEvaluator ofImages = evaluator(ReferenceSet.validation(DATASET), extractor, 0);
    FeatureStatistics statistics = ofImages.reference(Progress.NONE).statistics();
    Path file = statistics(statistics);
    GeneratorEvaluator.Outcome outcome =
        evaluator(ReferenceSet.named(file), extractor, 0)
            .measure(generated, Map.of(), Progress.NONE);
    assertThat(value(outcome, MetricKind.GFID))
        .isCloseTo(
            value(ofImages.measure(generated, Map.of(), Progress.NONE), MetricKind.GFID),
            within(1e-9));
    assertThat(outcome.metrics()).doesNotContainKey(MetricKind.PRECISION.key());
    assertThat(outcome.notes())
        .contains(
            "the reference has statistics but no images for: Precision, Recall; Precision (ADM"
                + " fp16), Recall (ADM fp16); Density, Coverage; KID; KID (N to infinity)",
            "the reference has no statistics of the layout for: sFID");
  }

  /** Those of another layout lack sFID, and nothing else. */
  @Test
  void namedStatistics_ofAnotherLayout_leaveItOut() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    FeatureTable generated = table(extractor, Split.TRAIN, 24);
    FeatureStatistics pooled =
        evaluator(ReferenceSet.validation(DATASET), extractor, 0)
            .reference(Progress.NONE)
            .statistics();
    Map<String, NumpyArray> arrays = new HashMap<>(arrays("", pooled));
    arrays.putAll(arrays("_s", new FeatureStatistics(new double[2], new double[4], 9)));
    Path file = cache.resolve("other-layout.npz");
    NumpyArray.writeAll(file, arrays);
    GeneratorEvaluator.Outcome outcome =
        evaluator(ReferenceSet.named(file), extractor, 0)
            .measure(generated, Map.of(), Progress.NONE);
    assertThat(outcome.metrics()).containsKey(MetricKind.GFID.key());
    assertThat(outcome.notes())
        .contains("the reference's layout has 2 numbers, that of these features 48 for: sFID");
  }

  @Test
  void namedStatistics_ofOtherFeaturesOrNone_areRefused() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    FeatureTable generated = table(extractor, Split.TRAIN, 24);
    Path file = statistics(new FeatureStatistics(new double[2], new double[4], 9));
    assertThatThrownBy(
            () ->
                evaluator(ReferenceSet.named(file), extractor, 0)
                    .measure(generated, Map.of(), Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("statistics of 2 dimensions, mean-colours features have 3");
    assertThatThrownBy(
            () ->
                evaluator(ReferenceSet.named(cache.resolve("none.npz")), extractor, 0)
                    .measure(generated, Map.of(), Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no ");
  }

  @Test
  void extractor_isIdleWhileItsFeaturesAreCompared() throws IOException {
    CountingExtractor extractor = new CountingExtractor();
    evaluator(ReferenceSet.training(DATASET), extractor, 0)
        .measure(table(extractor, Split.TRAIN, 24), Map.of(), Progress.NONE);
    assertThat(extractor.images).isEqualTo(48);
    assertThat(extractor.idle).isTrue();
  }

  @Test
  void oneImage_isRefusedInOneLine() {
    CountingExtractor extractor = new CountingExtractor();
    assertThatThrownBy(
            () ->
                evaluator(ReferenceSet.training(DATASET), extractor, 0)
                    .measure(table(extractor, Split.TRAIN, 1), Map.of(), Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("need at least 2 images, not 1")
        .hasMessageNotContaining("\n");
  }

  private GeneratorEvaluator evaluator(
      ReferenceSet reference, FeatureExtractor extractor, int bootstrap) {
    return new GeneratorEvaluator(reference, extractor, bootstrap, cache);
  }

  private static double value(GeneratorEvaluator.Outcome outcome, MetricKind kind) {
    return outcome.metrics().get(kind.key()).value();
  }

  private static String[] keys(MetricKind... kinds) {
    return IntStream.range(0, kinds.length).mapToObj(i -> kinds[i].key()).toArray(String[]::new);
  }

  private static FeatureTable table(FeatureExtractor extractor, Split split, int count) {
    FeatureTable table = new FeatureTable(extractor, count);
    table.add(IntStream.range(0, count).mapToObj(i -> DATASET.image(split, i)).toList());
    return table;
  }

  private Path statistics(FeatureStatistics statistics) throws IOException {
    Path file = cache.resolve("statistics.npz");
    NumpyArray.writeAll(file, arrays("", statistics));
    return file;
  }

  private static Map<String, NumpyArray> arrays(String suffix, FeatureStatistics statistics) {
    int d = statistics.mean().length;
    return Map.of(
        "mu" + suffix, NumpyArray.of(statistics.mean(), d),
        "sigma" + suffix, NumpyArray.of(statistics.covariance(), d, d));
  }

  /** Images of one colour each: for training of any, for validation of the darkest eighth. */
  private static final class Colours implements ImageDataset {
    private static final ImageSize SIZE = ImageSize.square(4);

    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("colours", SIZE, List.of(), "colours");
    }

    @Override
    public int size(Split split) {
      return split == Split.TRAIN ? 1200 : 1100;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      SplittableRandom random = new SplittableRandom(split == Split.TRAIN ? index : -1 - index);
      byte[] rgb = new byte[3 * SIZE.area()];
      for (int c = 0; c < 3; c++) {
        byte level = (byte) random.nextInt(split == Split.TRAIN ? 256 : 128);
        Arrays.fill(rgb, c * SIZE.area(), (c + 1) * SIZE.area(), level);
      }
      return new LabelledImage(split + "/" + index, -1, SIZE, rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  /** Mean colours that leave no doubt which is the brightest. */
  private static final class CertainColours implements FeatureExtractor {
    private final FeatureExtractor colours = new MeanColours();

    @Override
    public FeatureSpec spec() {
      return colours.spec();
    }

    @Override
    public Features extract(INDArray batch) {
      Features features = colours.extract(batch);
      INDArray certain = features.logits().orElseThrow().muli(1000);
      return new Features(features.pooled(), Optional.of(certain), features.spatial());
    }

    @Override
    public void close() {
      colours.close();
    }
  }

  /** Mean colours whose patches are the layout; counts the images it has seen. */
  private static final class CountingExtractor implements FeatureExtractor {
    private final FeatureExtractor colours = new MeanColours();
    private int images;
    private boolean idle;

    @Override
    public FeatureSpec spec() {
      return colours.spec();
    }

    @Override
    public Features extract(INDArray batch) {
      images += (int) batch.size(0);
      idle = false;
      Features features = colours.extract(batch);
      INDArray layout = features.spatial().orElseThrow().dup('c').reshape('c', batch.size(0), 48);
      return new Features(
          features.pooled(), features.logits(), features.spatial(), Optional.of(layout));
    }

    @Override
    public void idle() {
      idle = true;
    }

    @Override
    public void close() {
      colours.close();
    }
  }
}
