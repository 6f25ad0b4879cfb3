package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.Metric;
import dev.vernier.records.Phase;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares images with their reconstructions by any tool, paired as {@link ImageMatching} has it.
 * Images are read some at a time; features and scores are kept.
 */
public final class ImageSetComparison {
  private static final int BATCH = FeatureTable.BATCH;
  private final FeatureExtractor extractor;
  private final Optional<PerceptualDistance> perceptual;
  private final MeasuredProtocols papers;
  private final int bootstrap;
  private final Optional<Path> statistics;
  private Optional<Kept> kept = Optional.empty();

  /** A comparison by our protocol alone; extractor and distance stay the caller's. */
  public ImageSetComparison(
      FeatureExtractor extractor, Optional<PerceptualDistance> perceptual, int bootstrap) {
    this(extractor, perceptual, MeasuredProtocols.NONE, bootstrap);
  }

  /** The same by protocols of papers, too, whose nets stay the caller's. */
  public ImageSetComparison(
      FeatureExtractor extractor,
      Optional<PerceptualDistance> perceptual,
      MeasuredProtocols papers,
      int bootstrap) {
    this(extractor, perceptual, papers, bootstrap, Optional.empty());
  }

  private ImageSetComparison(
      FeatureExtractor extractor,
      Optional<PerceptualDistance> perceptual,
      MeasuredProtocols papers,
      int bootstrap,
      Optional<Path> statistics) {
    this.extractor = extractor;
    this.perceptual = perceptual;
    this.papers = papers;
    this.bootstrap = bootstrap;
    this.statistics = statistics;
  }

  /**
   * The same, which leaves the statistics of the first set's features as {@link
   * ReferenceFeatures#write} does.
   *
   * @param file empty to leave none
   */
  public ImageSetComparison savingStatistics(Optional<Path> file) {
    return new ImageSetComparison(extractor, perceptual, papers, bootstrap, file);
  }

  /** Measures without telling how far it is. */
  public Measurement compare(ImageMatching pairs) throws IOException {
    return compare(pairs, Progress.NONE);
  }

  /** Measures the second set against the first, whose images are cropped to the second's size. */
  public Measurement compare(ImageMatching pairs, Progress progress) throws IOException {
    return measure(pairs, progress).measurement();
  }

  /**
   * The same, leaving what is known of each pair.
   *
   * @param folder takes {@code images.csv}, {@code features.npy}, the replicates of metrics, such
   *     as {@code rfid-replicates.json}, and {@code samples.png}
   */
  public Measurement compare(ImageMatching pairs, Path folder, Progress progress)
      throws IOException {
    Result result = measure(pairs, progress);
    result.pairs().write(folder);
    result.outcome().write(folder);
    return result.measurement();
  }

  /**
   * What later sets with the same originals need not find again.
   *
   * @param size of the originals' crops
   * @param names of the originals
   * @param pixels hash of the crops
   * @param features of the crops
   * @param ofPapers statistics of the originals by protocols of papers
   */
  private record Kept(
      ImageSize size,
      List<String> names,
      String pixels,
      ReferenceFeatures features,
      Map<PublishedProtocol, FeatureStatistics> ofPapers) {
    boolean isOf(ImageSize otherSize, List<String> otherNames) {
      return size.equals(otherSize) && names.equals(otherNames);
    }
  }

  private record Result(
      PairMeasurement pairs, PairMeasurement.Outcome outcome, Measurement measurement) {}

  private Result measure(ImageMatching matching, Progress progress) throws IOException {
    long start = System.nanoTime();
    ImageSize size = matching.size();
    int count = matching.real().names().size();
    Optional<Kept> known = kept.filter(each -> each.isOf(size, matching.real().names()));
    Optional<FeatureTable> features =
        known.isPresent()
            ? Optional.empty()
            : Optional.of(FeatureTable.ofReference(extractor, count));
    Map<PublishedProtocol, FeatureStatistics> ofPapers =
        known.map(Kept::ofPapers).orElseGet(HashMap::new);
    PairMeasurement pairs = new PairMeasurement(extractor, perceptual, count, Optional.empty());
    ProtocolScores scores = new ProtocolScores(papers, ofPapers, count);
    ContentHash hash = new ContentHash();
    for (int first = 0; first < count; first += BATCH) {
      int last = Math.min(count, first + BATCH);
      List<LabelledImage> originals = matching.real().crops(size, first, last);
      List<LabelledImage> others = matching.other().crops(size, first, last);
      originals.forEach(image -> hash.add(image.rgb()));
      features.ifPresent(table -> table.add(originals));
      pairs.add(originals, others);
      scores.add(
          first,
          last,
          size.height(),
          matching.real()::uncropped,
          ProtocolScores.Crops.stored(others, first));
      progress.update("compare", last, count, "");
    }
    extractor.idle();
    papers.idle();
    String pixels = hash.hexadecimal();
    if (known.isPresent() && !known.get().pixels().equals(pixels)) {
      throw new UsageException(
          "the originals changed while they were read: compare all sets with them again");
    }
    ProtocolBook protocols =
        new ProtocolBook(
            Map.of(
                "reference",
                "paired images " + pixels,
                "crop",
                "ADM centre crop of the reference to " + size.text(),
                "images",
                String.valueOf(count)));
    ReferenceFeatures reference =
        features.map(ReferenceFeatures::of).orElseGet(() -> known.orElseThrow().features());
    kept = Optional.of(new Kept(size, matching.real().names(), pixels, reference, ofPapers));
    if (statistics.isPresent()) {
      reference.write(statistics.get());
    }
    PairMeasurement.Outcome outcome = pairs.measure(reference, protocols, bootstrap, progress);
    Map<String, Metric> metrics = new LinkedHashMap<>(outcome.metrics());
    metrics.putAll(scores.metrics(protocols));
    List<String> notes = new ArrayList<>(List.of(matching.note()));
    notes.addAll(matching.remarks());
    notes.addAll(outcome.notes());
    notes.addAll(scores.notes());
    Phase phase = new Phase("measure", (System.nanoTime() - start) / 1e9, count);
    return new Result(
        pairs,
        outcome,
        new Measurement(metrics, List.of(), List.of(phase), notes, protocols.all()));
  }
}
