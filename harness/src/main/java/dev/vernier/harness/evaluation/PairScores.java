package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.Protocol;
import dev.vernier.harness.metrics.Psnr;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores of pairs of images: PSNR, SSIM, and LPIPS where there are weights. They depend on the
 * pairs alone, and so do their protocols: whoever reconstructs the same images gets the same.
 */
final class PairScores {
  private final Optional<PerceptualDistance> perceptual;
  private final List<String> ids = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();
  private final List<Double> psnr = new ArrayList<>();
  private final List<Double> ssim = new ArrayList<>();
  private final List<Double> distance = new ArrayList<>();
  private ImageSize size;
  private double squaredErrors;

  PairScores(Optional<PerceptualDistance> perceptual) {
    this.perceptual = perceptual;
  }

  void add(List<LabelledImage> real, List<LabelledImage> other) {
    size = real.get(0).size();
    double[] similarity =
        IntStream.range(0, real.size())
            .parallel()
            .mapToDouble(
                i ->
                    tooSmall()
                        ? Double.NaN
                        : Ssim.WANG.of(
                            real.get(i).rgb(), other.get(i).rgb(), size.height(), size.width()))
            .toArray();
    for (int i = 0; i < real.size(); i++) {
      ids.add(real.get(i).id());
      hashes.add(new ContentHash().add(real.get(i).rgb()).hexadecimal());
      double error = Psnr.meanSquaredError(real.get(i).rgb(), other.get(i).rgb());
      psnr.add(Psnr.ofError(error));
      ssim.add(similarity[i]);
      squaredErrors += error;
    }
    perceptual.ifPresent(
        lpips -> {
          try (INDArray a = Pixels.toArray(real);
              INDArray b = Pixels.toArray(other)) {
            Arrays.stream(lpips.distances(a, b)).forEach(distance::add);
          }
        });
  }

  private boolean tooSmall() {
    return Math.min(size.height(), size.width()) < Ssim.WANG.smallestSide();
  }

  /** Which images were reconstructed, whatever their names and order. */
  private Map<String, String> reference() {
    ContentHash all = new ContentHash().add(size.text());
    hashes.stream().sorted().forEach(all::add);
    return Map.of(
        "reference",
        "images of these pixels, paired: " + all.hexadecimal(),
        "image size",
        size.text(),
        "images",
        String.valueOf(hashes.size()));
  }

  /** The PSNR of a pair, in dB. */
  double psnr(int image) {
    return psnr.get(image);
  }

  /** The scores of all pairs in their order, by the keys of the metrics whose means they make. */
  Map<String, double[]> byKey() {
    Map<String, double[]> scores = new LinkedHashMap<>();
    scores.put(MetricKind.PSNR.key(), values(psnr));
    if (!tooSmall()) {
      scores.put(MetricKind.SSIM.key(), values(ssim));
    }
    perceptual.ifPresent(lpips -> scores.put(MetricKind.LPIPS.key(), values(distance)));
    return scores;
  }

  private static double[] values(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Which metrics there are none of, and why. */
  List<String> notes() {
    return tooSmall()
        ? List.of(
            MetricKind.SSIM.label()
                + " was not measured: its window needs images of at least "
                + Ssim.WANG.smallestSide()
                + " x "
                + Ssim.WANG.smallestSide()
                + " pixels, these are "
                + size)
        : List.of();
  }

  /**
   * The means.
   *
   * @param kept takes the protocols
   */
  Map<String, Metric> metrics(ProtocolBook kept) {
    ProtocolBook protocols = kept.sharing(reference());
    Map<String, Metric> metrics = new LinkedHashMap<>();
    String cap = String.valueOf(Psnr.CAP);
    Map<String, String> rgb = Map.of("colour", "RGB, 8 bit, peak 255", "cap", cap + " dB");
    metrics.put(
        MetricKind.PSNR.key(), mean(MetricKind.PSNR, "", psnr, protocols.of(MetricKind.PSNR, rgb)));
    metrics.put(
        MetricKind.PSNR_POOLED.key(),
        Metric.of(
            MetricKind.PSNR_POOLED,
            "",
            Psnr.ofError(squaredErrors / psnr.size()),
            Optional.empty(),
            psnr.size(),
            protocols.of(MetricKind.PSNR_POOLED, rgb).fingerprint()));
    if (!tooSmall()) {
      Map<String, String> wang = Map.of("window", "Gaussian 11 x 11, sigma 1.5, valid, range 255");
      metrics.put(
          MetricKind.SSIM.key(),
          mean(MetricKind.SSIM, "", ssim, protocols.of(MetricKind.SSIM, wang)));
    }
    perceptual.ifPresent(
        lpips ->
            metrics.put(
                MetricKind.LPIPS.key(),
                mean(
                    MetricKind.LPIPS,
                    " (" + lpips.name() + ")",
                    distance,
                    protocols.of(lpips.name(), Map.of("weights", lpips.hash())))));
    return metrics;
  }

  private static Metric mean(
      MetricKind kind, String features, List<Double> values, Protocol protocol) {
    double[] each = values(values);
    double mean = Arrays.stream(each).sum() / each.length;
    return Metric.of(
        kind, features, mean, Bootstrap.mean(each), each.length, protocol.fingerprint());
  }

  /** One line an image, for paired comparisons. */
  String csv() {
    StringBuilder text = new StringBuilder("image");
    text.append(',').append(MetricKind.PSNR.key()).append(',').append(MetricKind.SSIM.key());
    text.append(distance.isEmpty() ? "" : "," + MetricKind.LPIPS.key()).append('\n');
    for (int i = 0; i < ids.size(); i++) {
      text.append('"').append(ids.get(i).replace("\"", "\"\"")).append('"');
      text.append(String.format(Locale.ROOT, ",%.17g,%.17g", psnr.get(i), ssim.get(i)));
      text.append(distance.isEmpty() ? "" : String.format(Locale.ROOT, ",%.17g", distance.get(i)));
      text.append('\n');
    }
    return text.toString();
  }
}
