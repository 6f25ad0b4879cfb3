package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanResizeTest {
  /** The expected values are those of clean-fid, channels last. */
  @ParameterizedTest
  @CsvSource({"clean_pil_bicubic_0, 29, 33", "clean_pil_bicubic_1, 13, 11"})
  void resizedImageEqualsCleanFid(String expected, int height, int width) throws IOException {
    float[] interleaved = read("image");
    float[] golden = read(expected);
    for (int channel = 0; channel < 3; channel++) {
      float[] plane = new float[20 * 26];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = interleaved[i * 3 + channel];
      }
      float[] result = new float[height * width];
      new CleanResize().resize(plane, 0, 20, 26, result, 0, height, width);
      for (int i = 0; i < result.length; i++) {
        assertThat(result[i]).isCloseTo(golden[3 * i + channel], within(1e-4f));
      }
    }
  }

  private static float[] read(String name) throws IOException {
    try (InputStream in = CleanResizeTest.class.getResourceAsStream(name + ".npy")) {
      return Npy.read(in);
    }
  }
}
