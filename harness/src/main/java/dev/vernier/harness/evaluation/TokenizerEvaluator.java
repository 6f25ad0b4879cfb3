package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.SampleGrid;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PartialDecoder;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sends the reference images through tokenizers and measures what comes back. */
public final class TokenizerEvaluator {
  private static final int BATCH = 32;
  private static final int SHOWN = 16;
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

  /**
   * Measures.
   *
   * @param folder takes {@code images.csv}, {@code features.npy}, {@code rfid-replicates.json},
   *     {@code usage-replicates.json} and {@code samples.png}
   * @throws UsageException if the tokenizer was made for another image size
   */
  public Measurement measure(Tokenizer tokenizer, Path folder, Progress progress)
      throws IOException {
    TokenizerSpec spec = tokenizer.spec();
    reference.requireSizeOf(spec);
    if (referenceFeatures == null) {
      referenceFeatures = ReferenceFeatures.of(reference.features(extractor, progress));
    }
    long start = System.nanoTime();
    Pass pass = new Pass(tokenizer);
    pass.run(progress);
    ProtocolBook protocols = new ProtocolBook(shared());
    Map<String, Metric> metrics = new LinkedHashMap<>();
    FeatureMetrics.Comparison compared =
        new FeatureMetrics(extractor.spec(), protocols)
            .ofPairs(referenceFeatures, pass.features, options.bootstrap());
    metrics.putAll(compared.metrics());
    metrics.putAll(pass.scores.metrics(protocols));
    CodeMetrics.Outcome codes = pass.codes.measure(protocols);
    metrics.putAll(codes.metrics());
    pass.write(folder);
    if (options.bootstrap() > 0) {
      ResultFiles.write(folder, MetricKind.RFID.key(), compared.replicates());
      ResultFiles.write(
          folder, MetricKind.USAGE.key(), pass.codes.usage(protocols, options.bootstrap()));
    }
    pass.map(folder, progress);
    double seconds = (System.nanoTime() - start) / 1e9 - pass.encodeSeconds - pass.decodeSeconds;
    List<Phase> phases =
        List.of(
            new Phase("encode", pass.encodeSeconds, pass.timed),
            new Phase("decode", pass.decodeSeconds, pass.timed),
            new Phase("measure", seconds, reference.count()));
    List<String> caveats =
        new ArrayList<>(Caveats.of(reference.count(), extractor.spec(), perceptual.isPresent()));
    caveats.addAll(compared.notes());
    caveats.addAll(pass.scores.notes());
    caveats.addAll(codes.notes());
    return new Measurement(metrics, pass.codes.use(), phases, caveats, protocols.all());
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

  /** One pass of the reference images through a tokenizer. */
  private final class Pass {
    private final Tokenizer tokenizer;
    private final CodeMetrics codes;
    private final FeatureTable features = new FeatureTable(extractor, reference.count());
    private final PairScores scores = new PairScores(perceptual);
    private final CodeMapping mapping;
    private final List<List<LabelledImage>> shown = new ArrayList<>();
    private double encodeSeconds;
    private double decodeSeconds;
    private long timed;

    private Pass(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
      this.codes = new CodeMetrics(tokenizer.spec());
      this.mapping =
          new CodeMapping(
              tokenizer.spec(), reference.dataset().spec().classes(), options.codeMap());
    }

    private void run(Progress progress) {
      warmUp();
      for (int first = 0; first < reference.count(); first += BATCH) {
        List<LabelledImage> real = reference.from(first, BATCH);
        List<LabelledImage> back = reconstruct(real);
        scores.add(real, back);
        features.add(back);
        if (first == 0) {
          show(real, back);
        }
        progress.update(
            "measure", Math.min(reference.count(), first + BATCH), reference.count(), "");
      }
    }

    /**
     * Keeps the first images for the picture: originals, reconstructions, and what each of several
     * sub-codebooks says alone.
     */
    private void show(List<LabelledImage> real, List<LabelledImage> back) {
      int count = Math.min(SHOWN, real.size());
      List<LabelledImage> first = real.subList(0, count);
      shown.add(first);
      shown.add(back.subList(0, count));
      int books = tokenizer.spec().subCodebooks().size();
      if (books > 1 && tokenizer instanceof PartialDecoder decoder) {
        try (INDArray images = Pixels.toArray(first)) {
          Tokens tokens = tokenizer.encode(images);
          for (int j = 0; j < books; j++) {
            try (INDArray alone = decoder.decode(tokens, Set.of(j))) {
              shown.add(images(first, Pixels.toBytes(alone)));
            }
          }
        }
      }
    }

    /** Once through without the clock, so that the times are those of a running system. */
    private void warmUp() {
      try (INDArray images = Pixels.toArray(reference.from(0, BATCH))) {
        tokenizer.decode(tokenizer.encode(images)).close();
      }
    }

    private List<LabelledImage> reconstruct(List<LabelledImage> real) {
      try (INDArray images = Pixels.toArray(real)) {
        long start = System.nanoTime();
        Tokens tokens = tokenizer.encode(images);
        long encoded = System.nanoTime();
        try (INDArray decoded = tokenizer.decode(tokens)) {
          decodeSeconds += (System.nanoTime() - encoded) / 1e9;
          encodeSeconds += (encoded - start) / 1e9;
          timed += real.size();
          codes.add(tokens);
          if (options.codeMap() > 0) {
            mapping.add(tokens, real);
          }
          return images(real, Pixels.toBytes(decoded));
        }
      }
    }

    private List<LabelledImage> images(List<LabelledImage> real, byte[] bytes) {
      int each = bytes.length / real.size();
      List<LabelledImage> images = new ArrayList<>();
      for (int i = 0; i < real.size(); i++) {
        LabelledImage source = real.get(i);
        byte[] rgb = Arrays.copyOfRange(bytes, i * each, (i + 1) * each);
        images.add(new LabelledImage(source.id(), source.label(), source.size(), rgb));
      }
      return images;
    }

    private void map(Path folder, Progress progress) throws IOException {
      if (options.codeMap() > 0 && tokenizer instanceof CodeVectors vectors) {
        ResultFiles.write(folder, mapping.map(vectors, progress));
      }
    }

    private void write(Path folder) throws IOException {
      ResultFiles.writeWhole(
          folder.resolve("images.csv"), scores.csv().getBytes(StandardCharsets.UTF_8));
      FeatureMatrix pooled = features.pooled();
      NumpyArray.write(
          folder.resolve("features.npy"), pooled.values(), pooled.rows(), pooled.columns());
      ResultFiles.writeWhole(folder.resolve("samples.png"), SampleGrid.png(shown));
    }
  }
}
