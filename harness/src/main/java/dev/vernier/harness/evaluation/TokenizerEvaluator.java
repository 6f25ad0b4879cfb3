package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.CellFile;
import dev.vernier.records.ClassScores;
import dev.vernier.records.Phase;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures what tokenizers make of the reference images: sends the images through them, or takes
 * reconstructions that were made elsewhere. Either way the numbers have the same protocol.
 */
public final class TokenizerEvaluator {
  private static final int BATCH = 32;
  private final ReferenceImages reference;
  private final FeatureExtractor extractor;
  private final Optional<PerceptualDistance> perceptual;
  private final MeasuredProtocols protocols;
  private final MeasureOptions options;
  private final Map<PublishedProtocol, FeatureStatistics> originals = new HashMap<>();
  private ReferenceFeatures referenceFeatures;

  /** An evaluator; extractor, distance and nets of the protocols stay the caller's. */
  public TokenizerEvaluator(
      ReferenceImages reference,
      FeatureExtractor extractor,
      Optional<PerceptualDistance> perceptual,
      MeasuredProtocols protocols,
      MeasureOptions options) {
    this.reference = reference;
    this.extractor = extractor;
    this.perceptual = perceptual;
    this.protocols = protocols;
    this.options = options;
  }

  /**
   * Sends the first images through a tokenizer, which stays the caller's, and forgets them.
   *
   * @throws UsageException if it cannot encode or decode them
   */
  public static void tryOut(Tokenizer tokenizer, ReferenceImages reference) {
    new TokenizerReconstructor(tokenizer).warmUp(reference.from(0, BATCH));
  }

  /** The images that are reconstructed. */
  public ReferenceImages reference() {
    return reference;
  }

  /**
   * Measures.
   *
   * @param folder takes {@code images.csv}, {@code features.npy}, the replicates of metrics, such
   *     as {@code rfid-replicates.json}, {@code code-frequencies.json}, {@code classes.json},
   *     {@code samples.png} and {@code worst.png}
   * @throws UsageException if the tokenizer was made for another image size
   */
  public Measurement measure(Tokenizer tokenizer, Path folder, Progress progress)
      throws IOException {
    reference.requireSizeOf(tokenizer.spec());
    return measure(new TokenizerReconstructor(tokenizer), folder, progress);
  }

  /**
   * Measures reconstructions of the same reference images.
   *
   * @param folder as above; without codes there are no replicates of usage
   */
  public Measurement measure(GivenReconstructions given, Path folder, Progress progress)
      throws IOException {
    return measure((Reconstructor) given, folder, progress);
  }

  private Measurement measure(Reconstructor reconstructor, Path folder, Progress progress)
      throws IOException {
    if (referenceFeatures == null) {
      referenceFeatures = ReferenceFeatures.of(reference.features(extractor, progress));
    }
    long start = System.nanoTime();
    PairMeasurement pairs =
        new PairMeasurement(extractor, perceptual, reference.count(), reconstructor.coded());
    ProtocolScores papers =
        new ProtocolScores(
            croppable() ? protocols : MeasuredProtocols.NONE, originals, reference.count());
    new Pass(reconstructor, pairs, papers).run(progress);
    extractor.idle();
    protocols.idle();
    ProtocolBook book = new ProtocolBook(shared());
    PairMeasurement.Outcome outcome =
        pairs.measure(referenceFeatures, book, options.bootstrap(), progress);
    pairs.write(folder);
    outcome.write(folder);
    Optional<ClassScores> classes =
        pairs.classes(reference.dataset().spec().classes(), referenceFeatures);
    if (classes.isPresent()) {
      CellFile.CLASSES.write(folder, classes.get());
    }
    Optional<CodeMapping> mapping = mapping(reconstructor);
    if (mapping.isPresent()) {
      CodeVectors vectors = reconstructor.vectors().orElseThrow();
      CellFile.CODE_MAP.write(folder, pairs.codeMap(mapping.get(), vectors, progress));
    }
    List<Phase> phases = new ArrayList<>(reconstructor.phases());
    double reconstructing = phases.stream().mapToDouble(Phase::seconds).sum();
    double seconds = (System.nanoTime() - start) / 1e9 - reconstructing;
    phases.add(new Phase("measure", seconds, reference.count()));
    Measurement ours =
        new Measurement(
            outcome.metrics(), outcome.codebooks(), phases, outcome.notes(), book.all());
    return ours.with(papers.metrics(book), book.all())
        .noting(papers.notes())
        .noting(absence())
        .noting(reconstructor.notes());
  }

  /** Where codes are mapped: there are such, and what they stand for is known. */
  private Optional<CodeMapping> mapping(Reconstructor reconstructor) {
    List<String> classes = reference.dataset().spec().classes();
    return options.codeMap() > 0 && reconstructor.vectors().isPresent()
        ? reconstructor.coded().map(spec -> new CodeMapping(spec, classes, options.codeMap()))
        : Optional.empty();
  }

  private boolean croppable() {
    return !protocols.protocols().isEmpty() && reference.croppable();
  }

  /** Why there are no metrics of papers though they were asked for. */
  private List<String> absence() {
    return protocols.protocols().isEmpty() || croppable()
        ? List.of()
        : List.of(
            "metrics of papers were not measured: each paper crops images to squares in its own"
                + " way, and "
                + reference.dataset().spec().name()
                + " does not hand them out uncropped");
  }

  private Map<String, String> shared() {
    DatasetSpec data = reference.dataset().spec();
    return Map.of(
        "arithmetic",
        "single precision: another processor or number of threads changes 1e-4 of a number at most",
        "reference",
        "validation images, paired",
        "dataset",
        data.hash(),
        "image size",
        data.imageSize().text(),
        "images",
        String.valueOf(reference.count()),
        "rounding",
        "8 bits, half up, clamped");
  }

  /** One pass over the reference images, for all that is measured of them. */
  private final class Pass {
    private final Reconstructor reconstructor;
    private final PairMeasurement pairs;
    private final ProtocolScores papers;

    private Pass(Reconstructor reconstructor, PairMeasurement pairs, ProtocolScores papers) {
      this.reconstructor = reconstructor;
      this.pairs = pairs;
      this.papers = papers;
    }

    private void run(Progress progress) {
      reconstructor.warmUp(reference.from(0, BATCH));
      for (int first = 0; first < reference.count(); first += BATCH) {
        List<LabelledImage> real = reference.from(first, BATCH);
        add(real, first);
        progress.update("measure", first + real.size(), reference.count(), "");
      }
    }

    private void add(List<LabelledImage> real, int first) {
      Reconstructor.Batch back = reconstructor.of(real, first);
      pairs.add(real, back.images());
      back.tokens().ifPresent(pairs::add);
      int side = reference.dataset().spec().imageSize().height();
      papers.add(first, first + real.size(), side, reference::uncropped, back.crops());
      if (first == 0) {
        pairs.show(reconstructor.partsOf(PairMeasurement.shown(real)));
      }
    }
  }
}
