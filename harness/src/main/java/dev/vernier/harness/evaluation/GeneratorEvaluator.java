package dev.vernier.harness.evaluation;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures generated images, which have no partners, against a reference: gFID, sFID, Inception
 * score, KID, precision and recall, density and coverage, FID and KID at infinitely many samples.
 */
public final class GeneratorEvaluator {
  private static final int SMALLEST = 2;

  private final ReferenceSet reference;
  private final FeatureExtractor extractor;
  private final int bootstrap;
  private final Path cache;
  private ReferenceFeatures referenceFeatures;

  /**
   * An evaluator.
   *
   * @param extractor stays the caller's
   * @param bootstrap resamplings of the generated images for intervals, 0 for none
   */
  public GeneratorEvaluator(ReferenceSet reference, FeatureExtractor extractor, int bootstrap) {
    this(reference, extractor, bootstrap, CacheFolder.path());
  }

  /**
   * An evaluator that keeps what the reference says somewhere else.
   *
   * @param cache the folder
   */
  public GeneratorEvaluator(
      ReferenceSet reference, FeatureExtractor extractor, int bootstrap, Path cache) {
    this.reference = reference;
    this.extractor = extractor;
    this.bootstrap = bootstrap;
    this.cache = cache;
  }

  /**
   * What was measured.
   *
   * @param metrics by stable key
   * @param notes lines for the reader: what could not be measured, and how far numbers reach
   * @param replicates of those metrics that were resampled
   * @param protocols by fingerprint
   */
  public record Outcome(
      Map<String, Metric> metrics,
      List<String> notes,
      Map<MetricKind, Replicates> replicates,
      Map<String, Map<String, String>> protocols) {
    /** Copies the collections, in their order. */
    public Outcome {
      metrics = new LinkedHashMap<>(metrics);
      notes = List.copyOf(notes);
      replicates = Map.copyOf(replicates);
      protocols = new LinkedHashMap<>(protocols);
    }
  }

  /** What the reference says to the extractor; computed, or read from the cache, once. */
  public ReferenceFeatures reference(Progress progress) throws IOException {
    if (referenceFeatures == null) {
      referenceFeatures = reference.features(extractor, cache, progress);
    }
    return referenceFeatures;
  }

  /**
   * Measures.
   *
   * @param generated features of the images, by this extractor, in the order in which they are
   *     drawn or lie in files, on which ADM's Inception score depends
   * @param protocol how the images were made as far as numbers depend on it, such as in what order
   *     classes were drawn; may be empty
   * @throws UsageException if there are too few images for any statistics
   */
  public Outcome measure(FeatureTable generated, Map<String, String> protocol, Progress progress)
      throws IOException {
    if (generated.rows() < SMALLEST) {
      throw new UsageException(
          "a generator's images are measured by their statistics, which need at least "
              + SMALLEST
              + " images, not "
              + generated.rows()
              + ": draw more");
    }
    ReferenceFeatures real = reference(progress);
    extractor.idle();
    Map<String, String> shared = new LinkedHashMap<>(protocol);
    shared.putAll(reference.protocol());
    shared.put("images", String.valueOf(generated.rows()));
    ProtocolBook protocols = new ProtocolBook(shared);
    FeatureMetrics.Comparison compared =
        new FeatureMetrics(extractor.spec(), protocols, progress)
            .ofGenerated(real, generated, bootstrap);
    int fewest = Math.min(generated.rows(), real.statistics().samples());
    List<String> notes = new ArrayList<>(Caveats.of(MetricKind.GFID, fewest, extractor.spec()));
    notes.addAll(compared.notes());
    return new Outcome(compared.metrics(), notes, compared.replicates(), protocols.all());
  }
}
