package dev.vernier.harness.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairScoreTest {
  private static final ImageSize SIZE = new ImageSize(40, 52);
  private static final int EACH = 3 * SIZE.area();

  /** The numbers that {@code make_protocols.py} prints. */
  private static final double[] LUMA = {37.04518001835667, 33.353714031811876, 30.032840613731878};

  private static final double[] PIQ = {0.9504915714581541, 0.7673213494779785, 0.6187021826775895};
  private static final double PIQ_OF_REDUCED = 0.9776060559904334;

  /** What SEED-Voken's script computes, in single precision. */
  private static final double[] SEED_VOKEN_PSNR = {
    33.874066278385605, 28.460088491409493, 25.242455524955552
  };

  private static final double[] SEED_VOKEN_SSIM = {
    0.9660775661468506, 0.8209454417228699, 0.6950170397758484
  };

  private static NumpyArray array(String name) throws Exception {
    String path = "/fixtures/psnr_ssim/" + name + ".npy";
    return NumpyArray.read(Path.of(PairScoreTest.class.getResource(path).toURI()));
  }

  private static byte[] planar(String name, int image) throws Exception {
    byte[] interleaved = array(name).data();
    byte[] planar = new byte[EACH];
    for (int i = 0; i < EACH; i++) {
      planar[i] = interleaved[(image * SIZE.area() + i % SIZE.area()) * 3 + i / SIZE.area()];
    }
    return planar;
  }

  private static Reconstruction decoded(int image) throws Exception {
    float[] all = array("model_output").floats();
    return new Reconstruction.Decoded(Arrays.copyOfRange(all, image * EACH, (image + 1) * EACH));
  }

  private static PairMeasure measure(MetricKind kind) {
    return Arrays.stream(PublishedProtocol.values())
        .flatMap(protocol -> protocol.pairs().stream())
        .filter(each -> each.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static void assertGolden(MetricKind kind, double[] golden, double tolerance)
      throws Exception {
    for (int n = 0; n < golden.length; n++) {
      double score = measure(kind).of(planar("gt_uint8", n), decoded(n), SIZE).orElseThrow();
      assertThat(score).as("%s of image %d", kind, n).isCloseTo(golden[n], within(tolerance));
    }
  }

  @Test
  void of_goldenImages_equalsTheReference() throws Exception {
    assertGolden(MetricKind.PSNR_SEED_VOKEN, SEED_VOKEN_PSNR, 1e-4);
    assertGolden(MetricKind.SSIM_SEED_VOKEN, SEED_VOKEN_SSIM, 1e-5);
    assertGolden(MetricKind.PSNR_VQGAN_LC, LUMA, 1e-5);
    assertGolden(MetricKind.SSIM_VQGAN_LC, PIQ, 1e-7);
  }

  @Test
  void ssimOfReduced_largeImages_areReducedFirst() throws Exception {
    float[] original = tiled(Ssim.levels(planar("gt_uint8", 1)));
    float[] other = tiled(decoded(1).levels(Rounding.NONE).orElseThrow());
    ImageSize size = new ImageSize(10 * SIZE.height(), 10 * SIZE.width());
    assertThat(PairScore.SSIM_OF_REDUCED.of(original, other, size))
        .isCloseTo(PIQ_OF_REDUCED, within(1e-7));
  }

  private static float[] tiled(float[] image) {
    int height = SIZE.height();
    int width = SIZE.width();
    float[] tiles = new float[100 * image.length];
    for (int i = 0; i < tiles.length; i++) {
      int x = i % (10 * width) % width;
      int y = i / (10 * width) % (10 * height) % height;
      tiles[i] = image[(i / (100 * height * width) * height + y) * width + x];
    }
    return tiles;
  }

  @Test
  void lumaPsnr_ofEqualImages_isThatOfItsEpsilon() {
    float[] grey = new float[12];
    assertThat(PairScore.LUMA_PSNR.of(grey, grey, ImageSize.square(2))).isCloseTo(80, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(
      value = MetricKind.class,
      names = {"PSNR_VQGAN_LC", "SSIM_VQGAN_LC", "PSNR_SEED_VOKEN"})
  void of_filesWhereFloatsAreCompared_isEmpty(MetricKind kind) throws Exception {
    byte[] image = planar("gt_uint8", 0);
    assertThat(measure(kind).of(image, new Reconstruction.Stored(image), SIZE)).isEmpty();
  }

  @Test
  void mean_ofBatches_givesAShortLastOneMoreWeight() {
    double[] scores = {1, 1, 1, 1, 7};
    assertThat(measure(MetricKind.PSNR_SEED_VOKEN).mean(scores)).isEqualTo(4);
    assertThat(measure(MetricKind.PSNR_LLAMAGEN).mean(scores)).isCloseTo(2.2, within(1e-12));
  }
}
