package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.Psnr;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.harness.protocols.BicubicInterpolation;
import dev.vernier.harness.protocols.Preparation;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.harness.protocols.Rounding;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtocolScoresTest {
  private static final int SIDE = 16;
  private static final int COUNT = 12;

  private final Map<String, FeatureExtractor> nets =
      Map.of(
          "tf1", new MeanColours("tf1"),
          "torch", new MeanColours("torch"),
          "clean", new MeanColours("clean"));

  private int seen(String net) {
    return ((MeanColours) nets.get(net)).images();
  }

  private static List<LabelledImage> images(ImageSize size) {
    Random random = new Random(3);
    return IntStream.range(0, COUNT)
        .mapToObj(
            i -> {
              byte[] rgb = new byte[3 * size.area()];
              for (int p = 0; p < rgb.length; p++) {
                rgb[p] = (byte) (10 * i + random.nextInt(100));
              }
              return new LabelledImage("image " + i, -1, size, rgb);
            })
        .toList();
  }

  /** A decoder that darkens, by less than a level in places. */
  private static List<Reconstruction> decoded(List<LabelledImage> images) {
    return images.stream().map(image -> decoded(image.rgb())).toList();
  }

  private static Reconstruction decoded(byte[] rgb) {
    float[] values = new float[rgb.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Pixels.toFloat(rgb[i]) - 0.03f * (i % 5);
    }
    return new Reconstruction.Decoded(values);
  }

  private static List<Reconstruction> stored(List<LabelledImage> images) {
    return images.stream()
        .<Reconstruction>map(image -> new Reconstruction.Stored(bytes(image.rgb())))
        .toList();
  }

  private static byte[] bytes(byte[] rgb) {
    float[] levels = decoded(rgb).levels(Rounding.HALF_UP).orElseThrow();
    byte[] bytes = new byte[levels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) levels[i];
    }
    return bytes;
  }

  private ProtocolScores scores(
      Map<String, FeatureExtractor> inceptions,
      Map<PublishedProtocol, FeatureStatistics> originals,
      List<LabelledImage> images,
      Function<List<LabelledImage>, List<Reconstruction>> source) {
    MeasuredProtocols all = new MeasuredProtocols(List.of(PublishedProtocol.values()), inceptions);
    ProtocolScores scores = new ProtocolScores(all, originals, COUNT);
    ProtocolScores.Crops crops = (cropped, first) -> source.apply(cropped);
    scores.add(0, 9, SIDE, images::subList, crops);
    scores.add(9, COUNT, SIDE, images::subList, crops);
    return scores;
  }

  private static Map<String, Metric> metrics(ProtocolScores scores) {
    return scores.metrics(new ProtocolBook(Map.of()));
  }

  private static FeatureStatistics colours(Stream<byte[]> pictures) {
    List<byte[]> all = pictures.toList();
    float[] rows = new float[3 * all.size()];
    for (int i = 0; i < all.size(); i++) {
      int area = all.get(i).length / 3;
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        for (int p = 0; p < area; p++) {
          sum += Pixels.toFloat(all.get(i)[c * area + p]);
        }
        rows[3 * i + c] = (float) (sum / area);
      }
    }
    return FeatureStatistics.of(new FeatureMatrix(rows, all.size(), 3));
  }

  @Test
  void metrics_ofLlamaGen_areThoseOfItsCropAndRounding() {
    List<LabelledImage> images = images(new ImageSize(24, 40));
    Map<String, Metric> metrics =
        metrics(scores(nets, new HashMap<>(), images, ProtocolScoresTest::decoded));
    List<byte[]> real =
        images.stream()
            .map(image -> new RgbImage(40, 24, image.rgb()))
            .map(image -> Preparation.ADM.of(image, SIDE).rgb())
            .toList();
    double distance =
        FrechetDistance.between(
            colours(real.stream()), colours(real.stream().map(ProtocolScoresTest::bytes)));
    double psnr = real.stream().mapToDouble(each -> Psnr.of(each, bytes(each))).average().orElse(0);
    assertThat(metrics.get(MetricKind.RFID_LLAMAGEN.key()).value())
        .isCloseTo(distance, within(1e-5 * distance));
    assertThat(metrics.get(MetricKind.PSNR_LLAMAGEN.key()).value()).isCloseTo(psnr, within(1e-9));
    assertThat(metrics.get(MetricKind.PSNR_LLAMAGEN.key()).interval()).isPresent();
  }

  @Test
  void metrics_ofAll_differFromEachOther() {
    Map<String, Metric> metrics =
        metrics(
            scores(
                nets, new HashMap<>(), images(new ImageSize(24, 40)), ProtocolScoresTest::decoded));
    assertThat(metrics).hasSize(10);
    assertThat(metrics.values().stream().map(Metric::protocol)).doesNotHaveDuplicates();
    assertThat(metrics.values().stream().map(Metric::value)).doesNotHaveDuplicates();
  }

  @Test
  void reference_ofVqganLc_isNotCropped() {
    List<LabelledImage> images = images(new ImageSize(24, 40));
    Map<PublishedProtocol, FeatureStatistics> originals = new HashMap<>();
    metrics(scores(nets, originals, images, ProtocolScoresTest::decoded));
    double[] mean = colours(images.stream().map(LabelledImage::rgb)).mean();
    assertThat(originals.get(PublishedProtocol.VQGAN_LC).mean())
        .containsExactly(mean, within(1e-5));
    assertThat(originals.get(PublishedProtocol.TITOK).mean()[0])
        .isNotCloseTo(mean[0], within(1e-4));
  }

  @Test
  void squaresOfTheSize_areLookedAtOnce_andOriginalsOnceForAllTokenizers() {
    List<LabelledImage> images = images(ImageSize.square(SIDE));
    Map<PublishedProtocol, FeatureStatistics> originals = new HashMap<>();
    Map<String, Metric> first =
        metrics(scores(nets, originals, images, ProtocolScoresTest::decoded));
    // LlamaGen and TiTok look at the same pixels through the same net.
    assertThat(seen("tf1")).isEqualTo(2 * COUNT);
    Map<String, Metric> second =
        metrics(scores(nets, originals, images, ProtocolScoresTest::decoded));
    assertThat(seen("tf1")).isEqualTo(3 * COUNT);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void files_haveNoFloats_andTheRestIsTheSame() {
    List<LabelledImage> images = images(new ImageSize(24, 40));
    Map<String, Metric> decoded =
        metrics(scores(nets, new HashMap<>(), images, ProtocolScoresTest::decoded));
    ProtocolScores scores = scores(nets, new HashMap<>(), images, ProtocolScoresTest::stored);
    Map<String, Metric> stored = metrics(scores);
    assertThat(stored.keySet())
        .containsExactlyInAnyOrder(
            MetricKind.RFID_LLAMAGEN.key(),
            MetricKind.PSNR_LLAMAGEN.key(),
            MetricKind.SSIM_LLAMAGEN.key(),
            MetricKind.RFID_VQGAN_LC.key(),
            MetricKind.RFID_TITOK.key());
    for (MetricKind kind : List.of(MetricKind.RFID_LLAMAGEN, MetricKind.SSIM_LLAMAGEN)) {
      assertThat(stored.get(kind.key())).isEqualTo(decoded.get(kind.key()));
    }
    assertThat(scores.notes())
        .containsExactly(
            "PSNR (SEED-Voken: truncated), SSIM (SEED-Voken: truncated), rFID (SEED-Voken: floats),"
                + " PSNR (VQGAN-LC: luma), SSIM (VQGAN-LC) not measured: papers compute them from a"
                + " decoder's floats, which files do not hold",
            "metrics of papers take files for rounded as the paper does it: llamagen 8 bits, half"
                + " up; vqgan-lc 8 bits, (x + 1) * 127.5 / 255 * 255 truncated; titok 8 bits, half"
                + " up");
  }

  @Test
  void largeSquares_areMeasuredByLlamaGenAsItReducesThem() {
    ImageSize size = ImageSize.square(384);
    List<LabelledImage> images = images(size).subList(0, 2);
    Map<String, Metric> metrics = metrics(llamaGen(images, size, ProtocolScoresTest::decoded));
    List<byte[]> real =
        images.stream()
            .map(image -> Preparation.ADM.of(new RgbImage(384, 384, image.rgb()), 256).rgb())
            .toList();
    double distance =
        FrechetDistance.between(
            colours(real.stream()), colours(decoded(images).stream().map(this::reduced)));
    // Single precision, over 65,536 pixels.
    assertThat(metrics.get(MetricKind.RFID_LLAMAGEN.key()).value())
        .isCloseTo(distance, within(1e-2 * distance));
    double psnr =
        images.stream()
            .mapToDouble(
                image ->
                    Psnr.of(
                        BicubicInterpolation.of(Ssim.levels(image.rgb()), 384, 256),
                        Ssim.levels(reduced(decoded(image.rgb())))))
            .average()
            .orElseThrow();
    assertThat(metrics.get(MetricKind.PSNR_LLAMAGEN.key()).value()).isCloseTo(psnr, within(1e-9));
    assertThat(metrics).hasSize(3);
    ProtocolScores files = llamaGen(images, size, ProtocolScoresTest::stored);
    assertThat(metrics(files)).isEmpty();
    assertThat(files.notes())
        .containsExactly(
            "PSNR (LlamaGen), SSIM (LlamaGen: twice the range), rFID (LlamaGen) not measured:"
                + " papers compute them from a decoder's floats, which files do not hold");
  }

  private byte[] reduced(Reconstruction back) {
    float[] levels =
        back.resized(384, 256).flatMap(each -> each.levels(Rounding.HALF_UP)).orElseThrow();
    byte[] bytes = new byte[levels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) levels[i];
    }
    return bytes;
  }

  private ProtocolScores llamaGen(
      List<LabelledImage> images,
      ImageSize size,
      Function<List<LabelledImage>, List<Reconstruction>> source) {
    ProtocolScores scores =
        new ProtocolScores(
            new MeasuredProtocols(List.of(PublishedProtocol.LLAMAGEN), nets),
            new HashMap<>(),
            images.size());
    scores.add(
        0,
        images.size(),
        size.height(),
        images::subList,
        (cropped, first) -> source.apply(cropped));
    return scores;
  }

  @Test
  void otherFeatures_giveNoDistance() {
    List<LabelledImage> images = images(ImageSize.square(SIDE));
    ProtocolScores scores = scores(Map.of(), new HashMap<>(), images, ProtocolScoresTest::decoded);
    assertThat(metrics(scores)).hasSize(6);
    assertThat(scores.notes())
        .containsExactly(
            "rFID (LlamaGen), rFID (SEED-Voken: floats), rFID (VQGAN-LC: uncropped), rFID (TiTok)"
                + " not measured: papers compute them from features of Inception; give"
                + " --weights-inception FILE");
  }

  @Test
  void noProtocols_haveNothingToSay() {
    ProtocolScores scores = new ProtocolScores(MeasuredProtocols.NONE, new HashMap<>(), COUNT);
    scores.add(
        0,
        COUNT,
        SIDE,
        (first, last) -> {
          throw new AssertionError("nobody needs the originals");
        },
        (cropped, first) -> List.of());
    assertThat(metrics(scores)).isEmpty();
    assertThat(scores.notes()).isEmpty();
  }
}
