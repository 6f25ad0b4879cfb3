package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.Protocol;
import dev.vernier.harness.metrics.Psnr;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
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

/** Scores of pairs of images: PSNR, SSIM, and LPIPS where there are weights. */
final class PairScores {
  private final Optional<PerceptualDistance> perceptual;
  private final List<String> ids = new ArrayList<>();
  private final List<Double> psnr = new ArrayList<>();
  private final List<Double> ssim = new ArrayList<>();
  private final List<Double> distance = new ArrayList<>();
  private double squaredErrors;

  PairScores(Optional<PerceptualDistance> perceptual) {
    this.perceptual = perceptual;
  }

  void add(List<LabelledImage> real, List<LabelledImage> other) {
    ImageSize size = real.get(0).size();
    boolean tooSmall = Math.min(size.height(), size.width()) < Ssim.WANG.smallestSide();
    double[] similarity =
        IntStream.range(0, real.size())
            .parallel()
            .mapToDouble(
                i ->
                    tooSmall
                        ? Double.NaN
                        : Ssim.WANG.of(
                            real.get(i).rgb(), other.get(i).rgb(), size.height(), size.width()))
            .toArray();
    for (int i = 0; i < real.size(); i++) {
      ids.add(real.get(i).id());
      psnr.add(Psnr.of(real.get(i).rgb(), other.get(i).rgb()));
      ssim.add(similarity[i]);
      squaredErrors += Psnr.meanSquaredError(real.get(i).rgb(), other.get(i).rgb());
    }
    perceptual.ifPresent(
        lpips -> {
          try (INDArray a = Pixels.toArray(real);
              INDArray b = Pixels.toArray(other)) {
            Arrays.stream(lpips.distances(a, b)).forEach(distance::add);
          }
        });
  }

  Map<String, Metric> metrics(ProtocolBook protocols) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    String cap = String.valueOf(Psnr.CAP);
    Map<String, String> rgb = Map.of("colour", "RGB, 8 bit, peak 255", "cap", cap + " dB");
    metrics.put(
        "psnr", mean("PSNR", psnr, Better.HIGHER, protocols.of("psnr, mean of images", rgb)));
    double pooled = squaredErrors / psnr.size();
    double decibel = pooled == 0 ? Psnr.CAP : 10 * Math.log10(255.0 * 255.0 / pooled);
    Protocol ofPooled = protocols.of("psnr of the pooled squared error", rgb);
    metrics.put(
        "psnr_pooled",
        new Metric(
            "PSNR (pooled)",
            Math.min(Psnr.CAP, decibel),
            null,
            null,
            psnr.size(),
            Better.HIGHER,
            ofPooled.fingerprint()));
    if (ssim.stream().noneMatch(each -> each.isNaN())) {
      Map<String, String> wang = Map.of("window", "Gaussian 11 x 11, sigma 1.5, valid, range 255");
      metrics.put("ssim", mean("SSIM", ssim, Better.HIGHER, protocols.of("ssim", wang)));
    }
    perceptual.ifPresent(
        lpips ->
            metrics.put(
                "lpips",
                mean(
                    "LPIPS (" + lpips.name() + ")",
                    distance,
                    Better.LOWER,
                    protocols.of(lpips.name(), Map.of("weights", lpips.hash())))));
    return metrics;
  }

  private static Metric mean(String label, List<Double> values, Better better, Protocol protocol) {
    double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
    double mean = Arrays.stream(each).sum() / each.length;
    Optional<Metric.Interval> interval = Bootstrap.mean(each);
    return new Metric(
        label,
        mean,
        interval.map(Metric.Interval::low).orElse(null),
        interval.map(Metric.Interval::high).orElse(null),
        each.length,
        better,
        protocol.fingerprint());
  }

  /** One line an image, for paired comparisons. */
  String csv() {
    StringBuilder text = new StringBuilder("image,psnr,ssim");
    text.append(distance.isEmpty() ? "\n" : ",lpips\n");
    for (int i = 0; i < ids.size(); i++) {
      text.append('"').append(ids.get(i).replace("\"", "\"\"")).append('"');
      text.append(String.format(Locale.ROOT, ",%.17g,%.17g", psnr.get(i), ssim.get(i)));
      text.append(distance.isEmpty() ? "" : String.format(Locale.ROOT, ",%.17g", distance.get(i)));
      text.append('\n');
    }
    return text.toString();
  }
}
