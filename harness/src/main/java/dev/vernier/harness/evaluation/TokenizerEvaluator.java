package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
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
  private final MeasureOptions options;
  private ReferenceFeatures referenceFeatures;

  /** An evaluator; extractor and distance stay the caller's. */
  public TokenizerEvaluator(
      ReferenceImages reference,
      FeatureExtractor extractor,
      Optional<PerceptualDistance> perceptual,
      MeasureOptions options) {
    this.reference = reference;
    this.extractor = extractor;
    this.perceptual = perceptual;
    this.options = options;
  }

  /** The images that are reconstructed. */
  public ReferenceImages reference() {
    return reference;
  }

  /**
   * Measures.
   *
   * @param folder takes {@code images.csv}, {@code features.npy}, {@code rfid-replicates.json},
   *     {@code usage-replicates.json} and {@code samples.png}
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
    return measure((Reconstructor) given, folder, progress).noting(given.notes());
  }

  private Measurement measure(Reconstructor reconstructor, Path folder, Progress progress)
      throws IOException {
    if (referenceFeatures == null) {
      referenceFeatures = ReferenceFeatures.of(reference.features(extractor, progress));
    }
    long start = System.nanoTime();
    PairMeasurement pairs =
        new PairMeasurement(extractor, perceptual, reference.count(), reconstructor.coded());
    Optional<CodeMapping> mapping = mapping(reconstructor);
    pass(reconstructor, pairs, mapping, progress);
    ProtocolBook protocols = new ProtocolBook(shared());
    PairMeasurement.Outcome outcome =
        pairs.measure(referenceFeatures, protocols, options.bootstrap());
    pairs.write(folder);
    outcome.write(folder);
    if (mapping.isPresent()) {
      CodeVectors vectors = reconstructor.vectors().orElseThrow();
      ResultFiles.write(folder, mapping.get().map(vectors, progress));
    }
    List<Phase> phases = new ArrayList<>(reconstructor.phases());
    double reconstructing = phases.stream().mapToDouble(Phase::seconds).sum();
    double seconds = (System.nanoTime() - start) / 1e9 - reconstructing;
    phases.add(new Phase("measure", seconds, reference.count()));
    return new Measurement(
        outcome.metrics(), outcome.codebooks(), phases, outcome.notes(), protocols.all());
  }

  /** Where codes are mapped: there are such, and what they stand for is known. */
  private Optional<CodeMapping> mapping(Reconstructor reconstructor) {
    List<String> classes = reference.dataset().spec().classes();
    return options.codeMap() > 0 && reconstructor.vectors().isPresent()
        ? reconstructor.coded().map(spec -> new CodeMapping(spec, classes, options.codeMap()))
        : Optional.empty();
  }

  private void pass(
      Reconstructor reconstructor,
      PairMeasurement pairs,
      Optional<CodeMapping> mapping,
      Progress progress) {
    reconstructor.warmUp(reference.from(0, BATCH));
    for (int first = 0; first < reference.count(); first += BATCH) {
      List<LabelledImage> real = reference.from(first, BATCH);
      Reconstructor.Batch back = reconstructor.of(real, first);
      pairs.add(real, back.images());
      back.tokens()
          .ifPresent(
              tokens -> {
                pairs.add(tokens);
                mapping.ifPresent(each -> each.add(tokens, real));
              });
      if (first == 0) {
        pairs.show(reconstructor.partsOf(PairMeasurement.shown(real)));
      }
      progress.update("measure", Math.min(reference.count(), first + BATCH), reference.count(), "");
    }
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
}
