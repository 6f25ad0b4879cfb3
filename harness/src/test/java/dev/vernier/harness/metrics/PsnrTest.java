package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PsnrTest {
  /** Values of scikit-image 0.26.0 on the same bytes. */
  private static final double[] GOLDEN = {
    33.69060601094001, 28.448489376900806, 25.200118839897442
  };

  @Test
  void of_goldenImages_equalsScikitImage() {
    byte[] a = Golden.bytes("psnr_ssim/gt_uint8");
    byte[] b = Golden.bytes("psnr_ssim/fqgan_restored_uint8");
    int each = a.length / GOLDEN.length;
    for (int n = 0; n < GOLDEN.length; n++) {
      double psnr =
          Psnr.of(
              Arrays.copyOfRange(a, n * each, (n + 1) * each),
              Arrays.copyOfRange(b, n * each, (n + 1) * each));
      assertThat(psnr).isCloseTo(GOLDEN[n], within(1e-9));
    }
  }

  @Test
  void of_oppositeImages_isZero() {
    byte[] black = new byte[12];
    byte[] white = new byte[12];
    Arrays.fill(white, (byte) 255);
    assertThat(Psnr.of(black, white)).isZero();
  }

  @Test
  void of_identicalImages_isTheCap() {
    byte[] image = {1, 2, (byte) 200};
    assertThat(Psnr.of(image, image.clone())).isEqualTo(Psnr.CAP);
  }

  @Test
  void of_oneWrongPixelInALargeImage_doesNotExceedTheCap() {
    byte[] a = new byte[3 * 512 * 512];
    byte[] b = a.clone();
    b[17] = 1;
    assertThat(Psnr.of(a, b)).isEqualTo(Psnr.CAP);
  }

  @Test
  void of_differentSizes_isRefused() {
    assertThatThrownBy(() -> Psnr.of(new byte[3], new byte[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 6 bytes");
  }
}
