package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SsimTest {
  private static final int HEIGHT = 40;
  private static final int WIDTH = 52;

  /** scikit-image 0.26.0 with Gaussian weights and population covariance. */
  private static final double[] WANG = {0.9503242602289687, 0.7671964606332266, 0.6183437804514877};

  /** scikit-image 0.26.0 with its defaults. */
  private static final double[] UNIFORM = {
    0.9657578993659741, 0.8203748923525191, 0.6936087833844945
  };

  /** The expression of FQGAN's reconstruction script, which filters in float. */
  private static final double[] LLAMAGEN = {
    0.9736661314964294, 0.8759613037109375, 0.7782641053199768
  };

  @Test
  void of_goldenImages_equalsTheReferenceOfEachVariant() {
    assertGolden(Ssim.WANG, WANG, 1e-9);
    assertGolden(Ssim.UNIFORM, UNIFORM, 1e-9);
    assertGolden(Ssim.LLAMAGEN, LLAMAGEN, 1e-5);
  }

  private static void assertGolden(Ssim variant, double[] golden, double tolerance) {
    for (int n = 0; n < golden.length; n++) {
      double ssim =
          variant.of(
              planar("psnr_ssim/gt_uint8", n),
              planar("psnr_ssim/fqgan_restored_uint8", n),
              HEIGHT,
              WIDTH);
      assertThat(ssim).as("%s of image %d", variant, n).isCloseTo(golden[n], within(tolerance));
    }
  }

  private static byte[] planar(String name, int image) {
    byte[] interleaved = Golden.bytes(name);
    int area = HEIGHT * WIDTH;
    byte[] planar = new byte[3 * area];
    for (int i = 0; i < planar.length; i++) {
      planar[i] = interleaved[(image * area + i % area) * 3 + i / area];
    }
    return planar;
  }

  @Test
  void of_noise_equalsTheSumOverEachWindow() {
    int size = 17;
    byte[] a = new byte[3 * size * size];
    byte[] b = new byte[3 * size * size];
    Random random = new Random(5);
    random.nextBytes(a);
    random.nextBytes(b);
    double sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y + 11 <= size; y++) {
        for (int x = 0; x + 11 <= size; x++) {
          sum += window(a, b, (channel * size + y) * size + x, size);
        }
      }
    }
    assertThat(Ssim.WANG.of(a, b, size, size)).isCloseTo(sum / (3 * 7 * 7), within(1e-12));
  }

  private static double window(byte[] a, byte[] b, int start, int size) {
    double total = 0;
    double[] m = new double[5];
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 11; x++) {
        double g = Math.exp(-((x - 5) * (x - 5) + (y - 5) * (y - 5)) / 4.5);
        double p = a[start + y * size + x] & 0xff;
        double q = b[start + y * size + x] & 0xff;
        double[] moments = {p, q, p * p, q * q, p * q};
        for (int i = 0; i < 5; i++) {
          m[i] += g * moments[i];
        }
        total += g;
      }
    }
    double ma = m[0] / total;
    double mb = m[1] / total;
    double c1 = 2.55 * 2.55;
    double c2 = 7.65 * 7.65;
    double luminance = (2 * ma * mb + c1) / (ma * ma + mb * mb + c1);
    double structure =
        (2 * (m[4] / total - ma * mb) + c2)
            / (m[2] / total - ma * ma + m[3] / total - mb * mb + c2);
    return luminance * structure;
  }

  @Test
  void of_identicalImages_isOne() {
    byte[] image = planar("psnr_ssim/gt_uint8", 0);
    assertThat(Ssim.WANG.of(image, image, HEIGHT, WIDTH)).isEqualTo(1);
  }

  @Test
  void of_imageSmallerThanTheWindow_isRefused() {
    assertThatThrownBy(() -> Ssim.WANG.of(new byte[300], new byte[300], 10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 11 pixels a side");
  }

  @Test
  void of_arraysOfAnotherSize_isRefused() {
    assertThatThrownBy(() -> Ssim.WANG.of(new byte[1200], new byte[1203], 20, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1200 and 1203 values");
  }
}
