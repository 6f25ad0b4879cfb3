package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResizeTest {
  /** The expected values are those of torch-fidelity and of PyTorch's interpolate. */
  @ParameterizedTest
  @CsvSource({
    "TF1, tf1x_0, 29, 33",
    "TF1, tf1x_1, 13, 11",
    "TORCH, torch_half_pixel_0, 29, 33",
    "TORCH, torch_half_pixel_1, 13, 11"
  })
  void resizedImageEqualsTheReference(BilinearResize way, String expected, int height, int width)
      throws IOException {
    float[] interleaved = read("image");
    float[] result = new float[3 * height * width];
    for (int channel = 0; channel < 3; channel++) {
      float[] plane = new float[20 * 26];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = interleaved[i * 3 + channel];
      }
      way.resize(plane, 0, 20, 26, result, channel * height * width, height, width);
    }
    assertThat(result).containsExactly(read(expected), within(1e-3f));
  }

  private static float[] read(String name) throws IOException {
    try (InputStream in = BilinearResizeTest.class.getResourceAsStream(name + ".npy")) {
      return Npy.read(in);
    }
  }

  @Test
  void doubledLineLooksAtItsPixels_asEachWayDefines() {
    float[] line = {10, 20};
    float[] result = new float[4];
    BilinearResize.TF1.resize(line, 0, 1, 2, result, 0, 1, 4);
    assertThat(result).containsExactly(10, 15, 20, 20);
    BilinearResize.TORCH.resize(line, 0, 1, 2, result, 0, 1, 4);
    assertThat(result).containsExactly(10, 12.5f, 17.5f, 20);
  }
}
