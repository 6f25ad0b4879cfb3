package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.data.RgbImage;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.spi.FeatureExtractor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSetComparisonTest {
  private static final int SIZE = 8;

  @Test
  void protocol_namesTheReferenceImages() {
    ImageSet other = images(3);
    assertThat(protocol(images(1), other)).isEqualTo(protocol(images(1), images(4)));
    assertThat(protocol(images(1), other)).isNotEqualTo(protocol(images(2), other));
  }

  private static String protocol(ImageSet real, ImageSet other) {
    try (FeatureExtractor extractor = new MeanColours()) {
      return new ImageSetComparison(extractor, Optional.empty(), 0)
          .compare(Path.of("real"), real, Path.of("other"), other)
          .get("psnr")
          .protocol();
    }
  }

  private static ImageSet images(long seed) {
    Random random = new Random(seed);
    List<RgbImage> images =
        IntStream.range(0, 8)
            .mapToObj(
                i -> {
                  byte[] rgb = new byte[3 * SIZE * SIZE];
                  random.nextBytes(rgb);
                  return new RgbImage(SIZE, SIZE, rgb);
                })
            .toList();
    return new ImageSet(IntStream.range(0, 8).mapToObj(i -> i + ".png").toList(), images);
  }
}
