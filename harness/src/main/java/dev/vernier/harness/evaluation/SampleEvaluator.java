package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures generated images against the training images. */
public final class SampleEvaluator {
  private final ImageDataset dataset;
  private final FeatureExtractor extractor;
  private final TrainingReference reference;

  /** An evaluator; the extractor stays the caller's. */
  public SampleEvaluator(ImageDataset dataset, FeatureExtractor extractor) {
    this.dataset = dataset;
    this.extractor = extractor;
    this.reference = new TrainingReference(dataset);
  }

  /**
   * Measures.
   *
   * @param folder takes {@code samples.png}
   * @param classes how many there are
   */
  public Measurement measure(GeneratedImages images, int classes, Path folder, Progress progress)
      throws IOException {
    FeatureTable training = reference.features(extractor, progress);
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
    ProtocolBook protocols = new ProtocolBook(shared(images.count()));
    Map<String, Metric> metrics =
        GenerationMetrics.of(extractor.spec(), training, generated, protocols);
    ResultFiles.writeWhole(
        folder.resolve("samples.png"),
        picture.png(generated.pooled(), training.pooled(), reference::image));
    double measuring = (System.nanoTime() - start) / 1e9 - decoding;
    return new Measurement(
        metrics,
        List.of(),
        List.of(
            new Phase("decode", decoding, images.count()),
            new Phase("measure", measuring, images.count())),
        notes(images.count()),
        protocols.all());
  }

  private Map<String, String> shared(int images) {
    DatasetSpec data = dataset.spec();
    return Map.of(
        "arithmetic",
        "single precision: another processor or number of threads changes 1e-4 of a number at most",
        "reference",
        reference.count() + " training images, not paired",
        "dataset",
        data.hash(),
        "image size",
        data.imageSize().text(),
        "images",
        String.valueOf(images),
        "classes",
        "in turn",
        "rounding",
        "8 bits, half up, clamped");
  }

  private List<String> notes(int images) {
    List<String> notes = new ArrayList<>();
    if (Math.min(images, reference.count()) <= extractor.spec().dimension()) {
      notes.add(
          "gFID rests on "
              + Math.min(images, reference.count())
              + " images, not more than the "
              + extractor.spec().dimension()
              + " dimensions of the features: its covariances are singular");
    }
    if (!extractor.spec().published()) {
      notes.add(
          "gFID with "
              + extractor.spec().name()
              + " features cannot be compared with published values");
    }
    return notes;
  }
}
