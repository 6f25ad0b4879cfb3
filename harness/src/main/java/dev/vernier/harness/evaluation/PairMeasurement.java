package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.SampleGrid;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.CellFile;
import dev.vernier.records.ClassScores;
import dev.vernier.records.CodeMap;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images with their reconstructions, batch by batch, and all that is measured of them together. */
final class PairMeasurement {
  private static final int SHOWN = 16;
  private final FeatureExtractor extractor;
  private final boolean perceptual;
  private final int count;
  private final FeatureTable features;
  private final PairScores scores;
  private final Optional<CodeMetrics> codes;
  private final List<Integer> labels = new ArrayList<>();
  private final WorstImages worst = new WorstImages();
  private final List<List<LabelledImage>> shown = new ArrayList<>();

  /**
   * Of no pair yet; extractor and distance stay the caller's.
   *
   * @param count how many pairs there will be
   * @param spec what the tokenizer is whose codes come with the pairs; empty where none do
   */
  PairMeasurement(
      FeatureExtractor extractor,
      Optional<PerceptualDistance> distance,
      int count,
      Optional<TokenizerSpec> spec) {
    this.extractor = extractor;
    this.perceptual = distance.isPresent();
    this.count = count;
    this.features = new FeatureTable(extractor, count);
    this.scores = new PairScores(distance);
    this.codes = spec.map(CodeMetrics::new);
  }

  /** Adds pairs of one size; those of the first batch are shown in the picture. */
  void add(List<LabelledImage> real, List<LabelledImage> other) {
    scores.add(real, other);
    features.add(other);
    for (int i = 0; i < real.size(); i++) {
      worst.add(scores.psnr(labels.size()), real.get(i), other.get(i));
      labels.add(real.get(i).label());
    }
    if (shown.isEmpty()) {
      shown.add(shown(real));
      shown.add(shown(other));
    }
  }

  /** Adds codes. */
  void add(Tokens tokens) {
    codes.orElseThrow().add(tokens);
  }

  /** Some images of the first batch, as many as the picture shows. */
  static List<LabelledImage> shown(List<LabelledImage> images) {
    return images.subList(0, Math.min(SHOWN, images.size()));
  }

  /** Shows further rows in the picture. */
  void show(List<List<LabelledImage>> rows) {
    shown.addAll(rows);
  }

  /**
   * What the pairs say.
   *
   * @param metrics by stable key
   * @param codebooks use of each sub-codebook, and of their tuples; none without codes
   * @param notes lines for the reader
   * @param replicates of usage and of those metrics that were resampled
   */
  record Outcome(
      Map<String, Metric> metrics,
      List<CodebookUse> codebooks,
      List<String> notes,
      Map<MetricKind, Replicates> replicates) {
    /** Writes the replicates, where anything was resampled. */
    void write(Path folder) throws IOException {
      for (Map.Entry<MetricKind, Replicates> each : replicates.entrySet()) {
        ResultFiles.write(folder, each.getKey().key(), each.getValue());
      }
    }
  }

  /**
   * Measures.
   *
   * @param reference features of the first image of every pair
   * @param protocols takes the protocols
   * @param bootstrap resamplings, 0 for none
   */
  Outcome measure(
      ReferenceFeatures reference, ProtocolBook protocols, int bootstrap, Progress progress) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    FeatureMetrics.Comparison compared =
        new FeatureMetrics(extractor.spec(), protocols, progress)
            .ofPairs(reference, features, bootstrap);
    metrics.putAll(compared.metrics());
    metrics.putAll(scores.metrics(protocols));
    Map<MetricKind, Replicates> replicates = new EnumMap<>(compared.replicates());
    Optional<CodeMetrics.Outcome> coded = codes.map(each -> each.measure(protocols, bootstrap));
    coded.ifPresent(
        each -> {
          metrics.putAll(each.metrics());
          replicates.putAll(each.replicates());
        });
    List<String> notes = new ArrayList<>(Caveats.of(count, extractor.spec(), perceptual));
    notes.addAll(compared.notes());
    notes.addAll(scores.notes());
    coded.ifPresent(each -> notes.addAll(each.notes()));
    return new Outcome(
        metrics, coded.map(CodeMetrics.Outcome::use).orElse(List.of()), notes, replicates);
  }

  /**
   * What the pairs of each class say; empty where images have none.
   *
   * @param classes names of the classes by label
   * @param reference features of the first image of every pair
   */
  Optional<ClassScores> classes(List<String> classes, ReferenceFeatures reference) {
    return ClassMetrics.of(
        classes, labels, scores.byKey(), reference.pooled().orElseThrow(), features.pooled());
  }

  /** The map of the codes of all images. */
  CodeMap codeMap(CodeMapping mapping, CodeVectors vectors, Progress progress) {
    return mapping.map(codes.orElseThrow().table(), labels, vectors, progress);
  }

  /**
   * Writes the scores and features of each pair, how often codes occurred where there are any, the
   * picture, and one of the worst pairs.
   */
  void write(Path folder) throws IOException {
    ResultFiles.writeWhole(
        folder.resolve("images.csv"), scores.csv().getBytes(StandardCharsets.UTF_8));
    FeatureMatrix pooled = features.pooled();
    NumpyArray.write(
        folder.resolve("features.npy"), pooled.values(), pooled.rows(), pooled.columns());
    if (codes.isPresent()) {
      CellFile.CODES.write(folder, codes.get().frequencies());
    }
    ResultFiles.writeWhole(folder.resolve("samples.png"), SampleGrid.png(shown));
    ResultFiles.writeWhole(folder.resolve("worst.png"), SampleGrid.png(worst.rows()));
  }
}
