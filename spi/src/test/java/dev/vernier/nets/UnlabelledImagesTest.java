package dev.vernier.nets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class UnlabelledImagesTest {
  @TempDir private Path folder;

  /** Which way up an image is has nothing to do with an Inception score. */
  @ParameterizedTest
  @ValueSource(strings = {"8", "8x12"})
  void netThatLearnedTurns_scoresNoClasses(String size) throws IOException {
    Noise noise = new Noise(ImageSize.parse(size));
    DatasetFeatureProvider provider = new DatasetFeatureProvider();
    FeatureContext context = new FeatureContext(noise, 1, folder, line -> {});
    try (FeatureExtractor net = provider.open(Settings.of(provider.settings(), Map.of()), context);
        INDArray images = Pixels.toArray(List.of(noise.image(Split.TRAIN, 0)));
        Features features = net.extract(images)) {
      assertThat(net.spec().classes()).isZero();
      assertThat(features.logits()).isEmpty();
      assertThat(features.pooled().shape()).containsExactly(1, net.spec().dimension());
      assertThat(features.layout()).isPresent();
    }
  }

  /** A few images of noise, without classes. */
  private record Noise(ImageSize imageSize) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("noise", imageSize, List.of(), "0".repeat(64));
    }

    @Override
    public int size(Split split) {
      return 8;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      byte[] rgb = new byte[3 * imageSize.area()];
      new Random(index).nextBytes(rgb);
      return new LabelledImage(String.valueOf(index), -1, imageSize, rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }
}
