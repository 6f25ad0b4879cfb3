package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Phase;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares images with the statistics of others, which a file holds: by features alone, since the
 * other images are not there to be compared one by one.
 */
public final class StatisticsComparison {
  private static final int BATCH = FeatureTable.BATCH;
  private final FeatureExtractor extractor;
  private final int bootstrap;

  /** A comparison; the extractor stays the caller's. */
  public StatisticsComparison(FeatureExtractor extractor, int bootstrap) {
    this.extractor = extractor;
    this.bootstrap = bootstrap;
  }

  /**
   * Measures.
   *
   * @param statistics as {@link ReferenceSet#named} reads them
   * @param source where the images are, for messages
   * @throws UsageException if the statistics are of other features, or the images of different
   *     sizes or too few
   */
  public Measurement compare(Path statistics, String source, ImageSet images, Progress progress)
      throws IOException {
    long start = System.nanoTime();
    GeneratorEvaluator evaluator =
        new GeneratorEvaluator(ReferenceSet.named(statistics), extractor, bootstrap);
    evaluator.reference(progress);
    if (images.names().isEmpty()) {
      throw new UsageException(source + " has no images: check the path");
    }
    ImageSet ordered = images.sorted(source, images.stems());
    ImageSize size = ordered.size(source, progress);
    int count = ordered.names().size();
    FeatureTable features = new FeatureTable(extractor, count);
    for (int first = 0; first < count; first += BATCH) {
      int last = Math.min(count, first + BATCH);
      features.add(ordered.crops(size, first, last));
      progress.update("compare", last, count, "");
    }
    GeneratorEvaluator.Outcome outcome = evaluator.measure(features, Map.of(), progress);
    List<String> notes =
        new ArrayList<>(
            List.of(
                statistics
                    + " holds statistics, no images: "
                    + source
                    + " is compared with them as generated images are, and has no pairs"));
    ordered.omissions(source).ifPresent(notes::add);
    notes.addAll(outcome.notes());
    Phase phase = new Phase("measure", (System.nanoTime() - start) / 1e9, count);
    return new Measurement(
        outcome.metrics(), List.of(), List.of(phase), notes, outcome.protocols());
  }
}
