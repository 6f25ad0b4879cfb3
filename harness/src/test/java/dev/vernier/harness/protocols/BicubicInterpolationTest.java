package dev.vernier.harness.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.spi.ImageSize;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected arrays and numbers are those of {@code make_protocols.py}. */
class BicubicInterpolationTest {
  private static byte[] original(int side) {
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < rgb.length; i++) {
      int x = i % side;
      int y = i / side % side;
      rgb[i] = (byte) (((x * x + 3 * y * y + 7 * x * y) / 97 + 50 * (i / (side * side))) % 256);
    }
    return rgb;
  }

  private static float[] decoded(int side) {
    byte[] original = original(side);
    float[] values = new float[original.length];
    for (int i = 0; i < values.length; i++) {
      int place = i % side + i / side % side + i / (side * side);
      values[i] = (float) ((original[i] & 0xff) / 120.0 - 1 + 0.05 * (place % 5));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 12})
  void of_equalsPyTorch(int side) throws Exception {
    String name = "interpolated_" + side + ".npy";
    NumpyArray expected =
        NumpyArray.read(Path.of(BicubicInterpolationTest.class.getResource(name).toURI()));
    assertThat(BicubicInterpolation.of(decoded(24), 24, side))
        .containsExactly(expected.floats(), within(1e-6f));
  }

  @Test
  void of_sameSize_isTheImage() {
    assertThat(BicubicInterpolation.of(decoded(8), 8, 8)).isEqualTo(decoded(8));
  }

  @ParameterizedTest
  @CsvSource({
    "384, 21.27767810660144, 0.9758443832397461",
    "512, 21.466824957466, 0.9796295166015625"
  })
  void llamaGen_ofLargeSquares_isWhatItsScriptGives(int side, double psnr, double ssim) {
    PublishedProtocol protocol = PublishedProtocol.LLAMAGEN;
    int measured = protocol.measuredSide(side);
    Reconstruction back =
        new Reconstruction.Decoded(decoded(side)).resized(side, measured).orElseThrow();
    float[] real = BicubicInterpolation.of(Ssim.levels(original(side)), side, measured);
    ImageSize size = ImageSize.square(256);
    assertThat(protocol.pairs().get(0).of(real, back, size)).hasValueCloseTo(psnr, within(1e-3));
    assertThat(protocol.pairs().get(1).of(real, back, size)).hasValueCloseTo(ssim, within(1e-5));
  }
}
