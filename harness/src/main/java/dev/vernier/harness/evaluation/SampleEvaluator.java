package dev.vernier.harness.evaluation;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Phase;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures generated images against a reference, and shows them beside the training images that are
 * nearest, whatever the reference is, so that copying shows.
 */
public final class SampleEvaluator {
  private final FeatureExtractor extractor;
  private final ReferenceSet reference;
  private final SplitReference training;
  private final GeneratorEvaluator evaluator;
  private ReferenceFeatures trainingFeatures;

  /**
   * An evaluator.
   *
   * @param dataset whose training images are shown
   * @param extractor stays the caller's
   * @param bootstrap resamplings of the images for intervals, 0 for none
   */
  public SampleEvaluator(
      ImageDataset dataset, ReferenceSet reference, FeatureExtractor extractor, int bootstrap) {
    this.extractor = extractor;
    this.reference = reference;
    this.training = new SplitReference(dataset, Split.TRAIN);
    this.evaluator = new GeneratorEvaluator(reference, extractor, bootstrap);
  }

  /**
   * Measures.
   *
   * @param folder takes {@code samples.png} and the replicates of metrics, such as {@code
   *     gfid-replicates.json}
   * @param classes how many there are
   */
  public Measurement measure(GeneratedImages images, int classes, Path folder, Progress progress)
      throws IOException {
    // Before images are decoded: a reference that cannot serve is refused at once.
    evaluator.reference(progress);
    FeatureMatrix nearest = trainingFeatures(progress).pooled().orElseThrow();
    FeatureTable generated = new FeatureTable(extractor, images.count());
    ClassPicture picture = new ClassPicture(classes);
    long start = System.nanoTime();
    double decoding = 0;
    for (int first = 0; first < images.count(); first += FeatureTable.BATCH) {
      long asked = System.nanoTime();
      List<LabelledImage> part = images.from(first, FeatureTable.BATCH);
      decoding += (System.nanoTime() - asked) / 1e9;
      picture.add(part, first);
      generated.add(part);
      progress.update("measure samples", generated.rows(), images.count(), "");
    }
    GeneratorEvaluator.Outcome outcome = evaluator.measure(generated, protocol(), progress);
    ResultFiles.writeWhole(
        folder.resolve("samples.png"), picture.png(generated.pooled(), nearest, training::image));
    for (Map.Entry<MetricKind, Replicates> each : outcome.replicates().entrySet()) {
      ResultFiles.write(folder, each.getKey().key(), each.getValue());
    }
    double measuring = (System.nanoTime() - start) / 1e9 - decoding;
    return new Measurement(
            outcome.metrics(),
            List.of(),
            List.of(
                new Phase("decode", decoding, images.count()),
                new Phase("measure", measuring, images.count())),
            outcome.notes(),
            outcome.protocols())
        .noting(
            reference
                .classCounts()
                .flatMap(counts -> Caveats.ofClasses(MetricKind.GFID, counts))
                .stream()
                .toList());
  }

  private ReferenceFeatures trainingFeatures(Progress progress) throws IOException {
    if (reference.equals(training)) {
      return evaluator.reference(progress);
    }
    if (trainingFeatures == null) {
      trainingFeatures = training.features(extractor, CacheFolder.path(), progress);
    }
    return trainingFeatures;
  }

  private static Map<String, String> protocol() {
    return Map.of(
        "arithmetic",
        "single precision: another processor or number of threads changes 1e-4 of a number at most",
        "classes",
        "in turn",
        "rounding",
        "8 bits, half up, clamped");
  }
}
