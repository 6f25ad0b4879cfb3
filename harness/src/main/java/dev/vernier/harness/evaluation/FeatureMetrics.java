package dev.vernier.harness.evaluation;

import dev.vernier.harness.evaluation.FeatureMetric.Value;
import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.DensityCoverage;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.InceptionScore;
import dev.vernier.harness.metrics.InceptionScoreResamples;
import dev.vernier.harness.metrics.InfiniteSamples;
import dev.vernier.harness.metrics.KernelDistance;
import dev.vernier.harness.metrics.PrecisionRecall;
import dev.vernier.harness.metrics.Protocol;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.FeatureSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** Metrics on the features of a set of images and of a reference. */
final class FeatureMetrics {
  private static final String COVARIANCE = "N - 1, float64, symmetric root";
  private static final Map<String, String> FRECHET = Map.of("covariance", COVARIANCE);

  /** The order matters where published statistics are the reference. */
  private static final Map<String, String> SPATIAL_FRECHET =
      new TreeMap<>(Map.of("covariance", COVARIANCE, "layout", "of each place its channels"));

  private static final int SPLITS = 10;
  private static final int CHUNK = 5000;
  private static final int SUBSETS = 100;
  private static final int SUBSET = 1000;
  private static final int SHUFFLE_SEED = 2020;

  /**
   * Where the draws of images start, the same for all methods and seeds, which makes them pairs.
   */
  static final long BOOTSTRAP_SEED = 95;

  private static final String SHUFFLED =
      "shuffled by NumPy's legacy generator, seed " + SHUFFLE_SEED;
  private static final String SIZES =
      InfiniteSamples.POINTS
          + " from a tenth of the images to all, each "
          + SHUFFLED
          + "; least squares on 1/N";

  private final FeatureSpec spec;
  private final ProtocolBook protocols;
  private final Progress progress;

  FeatureMetrics(FeatureSpec spec, ProtocolBook protocols, Progress progress) {
    this.spec = spec;
    this.protocols = protocols;
    this.progress = progress;
  }

  /**
   * What the features of a set say.
   *
   * @param metrics by stable key
   * @param replicates of those metrics that were resampled
   * @param notes which metrics there are none of, and why
   */
  record Comparison(
      Map<String, Metric> metrics, Map<MetricKind, Replicates> replicates, List<String> notes) {}

  /**
   * Compares reconstructions with the images they are paired with, in the same order.
   *
   * @param other has no logits any more afterwards: metrics by neighbours take the most memory
   * @param bootstrap resamplings of pairs
   */
  Comparison ofPairs(ReferenceFeatures real, FeatureTable other, int bootstrap) {
    FeatureMatrix partners = real.pooled().orElseThrow();
    double[] replicates =
        Bootstrap.frechet(
            partners, other.pooled(), bootstrap, BOOTSTRAP_SEED, resamples(bootstrap));
    return compare(MetricKind.RFID, real, other, replicates, other::dropLogits);
  }

  /**
   * Compares generated images with a reference.
   *
   * @param bootstrap resamplings of the generated images; the reference stays as it is
   */
  Comparison ofGenerated(ReferenceFeatures real, FeatureTable generated, int bootstrap) {
    double[] replicates =
        Bootstrap.frechet(
            real.statistics(), generated.pooled(), bootstrap, BOOTSTRAP_SEED, resamples(bootstrap));
    return compare(MetricKind.GFID, real, generated, replicates, () -> {});
  }

  /** Counts resamples aloud, in order whichever thread made them. */
  private Runnable resamples(int count) {
    int[] done = {0};
    return () -> {
      synchronized (done) {
        done[0]++;
        progress.update("resample images", done[0], count, "");
      }
    };
  }

  /**
   * Compares a set with a reference.
   *
   * @param scored called as soon as no metric needs logits any more
   */
  private Comparison compare(
      MetricKind distance,
      ReferenceFeatures real,
      FeatureTable other,
      double[] replicates,
      Runnable scored) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    Map<MetricKind, Replicates> resampled = new EnumMap<>(MetricKind.class);
    double value = FrechetDistance.between(real.statistics(), FeatureStatistics.of(other.pooled()));
    Value frechet = new Value(value, other.rows(), replicates);
    put(metrics, resampled, distance, FRECHET, frechet);
    if (replicates.length > 0) {
      Map<String, String> parts = new LinkedHashMap<>(FRECHET);
      parts.put("resamples", replicates.length + " of images, seed " + BOOTSTRAP_SEED);
      Value unbiased = new Value(Bootstrap.corrected(value, replicates), other.rows());
      put(metrics, resampled, corrected(distance), parts, unbiased);
    }
    Missing missing = new Missing(spec);
    Deque<FeatureMetric> open = new ArrayDeque<>(metrics(distance, other, replicates.length));
    int count = open.size();
    while (!open.isEmpty()) {
      FeatureMetric each = open.remove();
      if (missing.allows(each, real, other)) {
        String label = each.kinds().get(0).label();
        progress.update("compute metrics", count - open.size() - 1, count, label);
        List<Value> values = each.values().apply(real, other);
        for (int i = 0; i < values.size(); i++) {
          put(metrics, resampled, each.kinds().get(i), each.parts(), values.get(i));
        }
      }
      if (open.stream().noneMatch(later -> later.need() == MetricKind.Need.LOGITS)) {
        scored.run();
      }
    }
    progress.update("compute metrics", count, count, "");
    List<String> notes = new ArrayList<>(missing.notes());
    if (replicates.length > 0) {
      notes.add(reach(distance, other.rows(), metrics.containsKey(MetricKind.FID_INFINITY.key())));
    }
    return new Comparison(metrics, resampled, notes);
  }

  private void put(
      Map<String, Metric> metrics,
      Map<MetricKind, Replicates> resampled,
      MetricKind kind,
      Map<String, String> parts,
      Value value) {
    Metric metric = metric(kind, parts, value);
    metrics.put(kind.key(), metric);
    if (value.replicates().length > 0) {
      resampled.put(kind, replicates(metric.protocol(), value.samples(), value.replicates()));
    }
  }

  /** Replicates on resampled images, the same ones whatever the metric. */
  static Replicates replicates(String protocol, long images, double[] values) {
    return new Replicates(
        ResultFiles.SCHEMA_VERSION,
        protocol,
        images,
        BOOTSTRAP_SEED,
        Arrays.stream(values).boxed().toList());
  }

  private Metric metric(MetricKind kind, Map<String, String> parts, Value value) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.put("features", spec.name() + " " + spec.hash());
    Protocol protocol = protocols.of(kind, all);
    String features = spec.published() ? "" : " (" + spec.name() + " features)";
    return Metric.of(
        kind,
        features,
        value.value(),
        Bootstrap.interval(value.value(), value.replicates()),
        value.samples(),
        protocol.fingerprint());
  }

  /** All but the Frechet distance itself, in the order in which records have them. */
  private List<FeatureMetric> metrics(MetricKind distance, FeatureTable other, int bootstrap) {
    List<FeatureMetric> all = new ArrayList<>();
    all.add(distance == MetricKind.RFID ? extrapolatedOfPairs() : extrapolated());
    all.add(score(bootstrap));
    // Drawn images lie in the file as they were drawn, which is not class by class.
    Optional<int[]> classes = distance == MetricKind.RFID ? other.classOrder() : Optional.empty();
    all.add(scoreInOrder(classes, bootstrap));
    all.addAll(neighbours());
    all.addAll(distances());
    return all;
  }

  private static String reach(MetricKind distance, int images, boolean extrapolated) {
    return String.format(
        Locale.ROOT,
        "the 95%% interval of %s is for the distance at N = %d images, which their number biases"
            + " upwards: %s without that bias, as far as that can be estimated",
        distance.label(),
        images,
        corrected(distance).label()
            + (extrapolated ? " and " + MetricKind.FID_INFINITY.label() + " are" : " is"));
  }

  private static MetricKind corrected(MetricKind distance) {
    return distance == MetricKind.RFID ? MetricKind.RFID_CORRECTED : MetricKind.GFID_CORRECTED;
  }

  /** Only the generated images become fewer: the reference is what it is. */
  private FeatureMetric extrapolated() {
    return extrapolated(
        SIZES,
        (real, other) -> InfiniteSamples.frechet(real.statistics(), other.pooled(), SHUFFLE_SEED));
  }

  /** Pairs become fewer: of images without their partners the distance would have another bias. */
  private FeatureMetric extrapolatedOfPairs() {
    return extrapolated(
        SIZES + "; of pairs",
        (real, other) ->
            InfiniteSamples.frechet(real.pooled().orElseThrow(), other.pooled(), SHUFFLE_SEED));
  }

  private FeatureMetric extrapolated(
      String sizes, ToDoubleBiFunction<ReferenceFeatures, FeatureTable> computation) {
    return new FeatureMetric(
        List.of(MetricKind.FID_INFINITY),
        Map.of("sizes", sizes),
        // Below, the covariance of the smallest part is singular, and its bias not as 1/N.
        InfiniteSamples.SMALLEST_PART * (spec.dimension() + 1),
        (real, other) -> one(computation.applyAsDouble(real, other), other));
  }

  private static FeatureMetric score(int bootstrap) {
    return new FeatureMetric(
        List.of(MetricKind.INCEPTION_SCORE),
        Map.of("splits", SPLITS + ", " + SHUFFLED),
        // With one image a split it would be 1, whatever they show.
        2 * SPLITS,
        (real, other) -> {
          FeatureMatrix logits = other.logits().orElseThrow();
          return one(
              InceptionScore.shuffled(logits, SPLITS, SHUFFLE_SEED).mean(),
              InceptionScoreResamples.shuffled(
                  logits, SPLITS, SHUFFLE_SEED, bootstrap, BOOTSTRAP_SEED),
              other);
        });
  }

  /**
   * ADM's evaluator takes images as they lie in the file, which of a folder of class folders is
   * class by class: published scores of reconstructions are of such files.
   *
   * @param classes the rows class by class; empty to take them as they are
   */
  private static FeatureMetric scoreInOrder(Optional<int[]> classes, int bootstrap) {
    String order = classes.isPresent() ? "in class order" : "in their order";
    return new FeatureMetric(
        List.of(MetricKind.INCEPTION_SCORE_ADM),
        Map.of("splits", CHUNK + " images each " + order + ", the last one shorter"),
        1,
        (real, other) -> {
          FeatureMatrix logits = other.logits().orElseThrow();
          int[] rows = classes.orElseGet(() -> IntStream.range(0, other.rows()).toArray());
          return one(
              InceptionScore.chunks(logits, rows, CHUNK).mean(),
              InceptionScoreResamples.chunks(logits, rows, CHUNK, bootstrap, BOOTSTRAP_SEED),
              other);
        });
  }

  private static List<FeatureMetric> neighbours() {
    int few = PrecisionRecall.NEIGHBOURS;
    int more = DensityCoverage.NEIGHBOURS;
    return List.of(
        shares(
            List.of(MetricKind.PRECISION, MetricKind.RECALL),
            few,
            "float64 distances",
            (real, other) -> {
              PrecisionRecall found = PrecisionRecall.of(real, other, few);
              return new double[] {found.precision(), found.recall()};
            }),
        shares(
            List.of(MetricKind.PRECISION_ADM, MetricKind.RECALL_ADM),
            few,
            "float16 distances of sums in float64, blocks of 10,000",
            (real, other) -> {
              PrecisionRecall found = PrecisionRecall.adm(real, other, few);
              return new double[] {found.precision(), found.recall()};
            }),
        shares(
            List.of(MetricKind.DENSITY, MetricKind.COVERAGE),
            more,
            "float64 distances",
            (real, other) -> {
              DensityCoverage found = DensityCoverage.of(real, other, more);
              return new double[] {found.density(), found.coverage()};
            }));
  }

  /**
   * Two metrics by nearest neighbours.
   *
   * @param computation from reference and images to a share of the images, then one of the
   *     reference
   */
  private static FeatureMetric shares(
      List<MetricKind> kinds,
      int neighbours,
      String distances,
      BiFunction<FeatureMatrix, FeatureMatrix, double[]> computation) {
    return new FeatureMetric(
        kinds,
        Map.of("k", neighbours + ", " + distances),
        neighbours + 1,
        (real, other) -> {
          FeatureMatrix reference = real.pooled().orElseThrow();
          double[] found = computation.apply(reference, other.pooled());
          return List.of(new Value(found[0], other.rows()), new Value(found[1], reference.rows()));
        });
  }

  private static List<FeatureMetric> distances() {
    return List.of(
        new FeatureMetric(
            List.of(MetricKind.KID),
            Map.of("subsets", SUBSETS + " of " + SUBSET + ", " + SHUFFLED),
            SUBSET,
            (real, other) ->
                one(
                    KernelDistance.subsets(
                            other.pooled(),
                            real.pooled().orElseThrow(),
                            SUBSETS,
                            SUBSET,
                            SHUFFLE_SEED)
                        .mean(),
                    other)),
        new FeatureMetric(
            List.of(MetricKind.SFID),
            SPATIAL_FRECHET,
            2,
            (real, other) ->
                one(
                    FrechetDistance.between(
                        real.layout().orElseThrow(), other.layout().orElseThrow()),
                    other)),
        new FeatureMetric(
            List.of(MetricKind.KID_INFINITY),
            Map.of("sizes", SIZES),
            2 * InfiniteSamples.SMALLEST_PART,
            (real, other) ->
                one(
                    InfiniteSamples.kernel(
                        real.pooled().orElseThrow(), other.pooled(), SHUFFLE_SEED),
                    other)));
  }

  private static List<Value> one(double value, FeatureTable other) {
    return List.of(new Value(value, other.rows()));
  }

  private static List<Value> one(double value, double[] replicates, FeatureTable other) {
    return List.of(new Value(value, other.rows(), replicates));
  }
}
