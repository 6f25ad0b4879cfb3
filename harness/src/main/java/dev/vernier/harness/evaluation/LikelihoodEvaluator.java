package dev.vernier.harness.evaluation;

import dev.vernier.harness.codes.Codes;
import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Negative log-likelihood of the codes of validation images given their classes, in bits: joint,
 * and of each sub-codebook given what precedes it in the generator's own order. Numbers of
 * different tokenizers have different protocols, since they are of other codes.
 */
public final class LikelihoodEvaluator {
  private static final int BATCH = 32;
  private final int images;

  /**
   * An evaluator.
   *
   * @param images number of validation images, evenly over the split; 0 for all of them
   */
  public LikelihoodEvaluator(int images) {
    this.images = images;
  }

  /**
   * Looks, before anything is trained, whether codes of a dataset's images can be measured.
   *
   * @throws UsageException if there are several classes, and no image to measure says its own
   */
  public void check(ImageDataset dataset) {
    chosen(
        dataset.size(Split.VALIDATION),
        dataset.spec().classes().size(),
        image -> dataset.label(Split.VALIDATION, image));
  }

  /**
   * Measures.
   *
   * @param tokenizer what it is, in words
   * @param folder takes {@code images.csv}
   * @throws UsageException if the generator has several classes, and no image says its own
   */
  public Measurement measure(
      Generator generator, Codes validation, String tokenizer, Path folder, Progress progress)
      throws IOException {
    int[] chosen =
        chosen(validation.source().images(), generator.spec().classes(), validation::label);
    long start = System.nanoTime();
    List<double[]> bits = new ArrayList<>();
    for (int first = 0; first < chosen.length; first += BATCH) {
      int[] part = Arrays.copyOfRange(chosen, first, Math.min(chosen.length, first + BATCH));
      int[] labels = Arrays.stream(part).map(i -> Math.max(0, validation.label(i))).toArray();
      double[][] each = generator.bits(validation.tokens(part, new int[part.length]), labels);
      bits.addAll(Arrays.asList(each));
      progress.update("likelihood", bits.size(), chosen.length, "");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    ProtocolBook protocols =
        new ProtocolBook(
            Map.of(
                "reference",
                "codes of validation images, not mirrored, given their classes",
                "dataset",
                validation.source().dataset(),
                "tokenizer",
                tokenizer,
                "images",
                String.valueOf(bits.size()),
                "arithmetic",
                "single precision"));
    Numbers numbers = new Numbers(generator.spec(), chosen, bits, protocols);
    ResultFiles.writeWhole(
        folder.resolve("images.csv"), numbers.csv().getBytes(StandardCharsets.UTF_8));
    return new Measurement(
        numbers.metrics(),
        List.of(),
        List.of(new Phase("likelihood", seconds, bits.size())),
        List.of(),
        protocols.all());
  }

  private int[] chosen(long available, int classes, IntUnaryOperator label) {
    long count = images == 0 ? available : Math.min(images, available);
    int[] chosen = new int[(int) count];
    Arrays.setAll(chosen, i -> (int) (i * available / count));
    int[] labelled =
        Arrays.stream(chosen).filter(i -> classes <= 1 || label.applyAsInt(i) >= 0).toArray();
    if (labelled.length == 0) {
      throw new UsageException(
          "no validation image says its class, which the likelihood of its codes needs: put them into"
              + " class folders, or leave the generators out");
    }
    return labelled;
  }

  /** Metrics from bits of each image and sub-codebook. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Numbers(
      GeneratorSpec spec, int[] images, List<double[]> bits, ProtocolBook protocols) {
    Map<String, Metric> metrics() {
      double positions = (double) spec.gridHeight() * spec.gridWidth();
      int books = spec.subCodebooks().size();
      double[] joint = bits.stream().mapToDouble(each -> Arrays.stream(each).sum()).toArray();
      Map<String, Metric> metrics = new LinkedHashMap<>();
      put(MetricKind.NLL_BITS_PER_POSITION, joint, positions, metrics);
      put(MetricKind.NLL_BITS_PER_IMAGE, joint, 1, metrics);
      for (int j = 0; j < books && books > 1; j++) {
        int book = j;
        String name = spec.subCodebooks().get(j).name();
        double[] own = bits.stream().mapToDouble(each -> each[book] / positions).toArray();
        Optional<Metric.Interval> interval = Bootstrap.mean(own);
        metrics.put(
            MetricKind.NLL_BITS_PER_POSITION.key() + "." + name,
            new Metric(
                "NLL of " + name + ", bits per position",
                mean(own),
                interval.map(Metric.Interval::low).orElse(null),
                interval.map(Metric.Interval::high).orElse(null),
                own.length,
                // What is given beside the past depends on the head: its sum alone compares heads.
                Better.NEITHER,
                protocols
                    .of(MetricKind.NLL_BITS_PER_POSITION, Map.of("sub-codebook", name))
                    .fingerprint()));
      }
      double perSubToken = mean(joint) / positions / books;
      put(MetricKind.NLL_PERPLEXITY, Math.pow(2, perSubToken), Optional.empty(), metrics);
      return metrics;
    }

    /** One line an image, for paired comparisons. */
    String csv() {
      double positions = (double) spec.gridHeight() * spec.gridWidth();
      StringBuilder text = new StringBuilder("image");
      text.append(',').append(MetricKind.NLL_BITS_PER_POSITION.key());
      text.append(',').append(MetricKind.NLL_BITS_PER_IMAGE.key()).append('\n');
      for (int i = 0; i < images.length; i++) {
        double joint = Arrays.stream(bits.get(i)).sum();
        text.append(
            String.format(Locale.ROOT, "%d,%.17g,%.17g\n", images[i], joint / positions, joint));
      }
      return text.toString();
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).sum() / values.length;
    }

    private void put(MetricKind kind, double[] values, double units, Map<String, Metric> metrics) {
      double[] each = Arrays.stream(values).map(value -> value / units).toArray();
      put(kind, mean(each), Bootstrap.mean(each), metrics);
    }

    private void put(
        MetricKind kind,
        double value,
        Optional<Metric.Interval> interval,
        Map<String, Metric> metrics) {
      String protocol = protocols.of(kind, Map.of()).fingerprint();
      metrics.put(kind.key(), Metric.of(kind, "", value, interval, bits.size(), protocol));
    }
  }
}
