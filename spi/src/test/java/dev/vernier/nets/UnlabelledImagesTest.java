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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class UnlabelledImagesTest {
  private static final int SIDE = 8;

  @TempDir private Path folder;

  /** Which way up an image is has nothing to do with an Inception score. */
  @Test
  void netThatLearnedQuarterTurns_scoresNoClasses() throws IOException {
    DatasetFeatureProvider provider = new DatasetFeatureProvider();
    FeatureContext context = new FeatureContext(new Noise(), 1, folder, line -> {});
    try (FeatureExtractor net = provider.open(Settings.of(provider.settings(), Map.of()), context);
        INDArray images = Pixels.toArray(List.of(new Noise().image(Split.TRAIN, 0)));
        Features features = net.extract(images)) {
      assertThat(net.spec().classes()).isZero();
      assertThat(features.logits()).isEmpty();
      assertThat(features.pooled().shape()).containsExactly(1, net.spec().dimension());
      assertThat(features.layout()).isPresent();
    }
  }

  /** A few images of noise, without classes. */
  private record Noise() implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("noise", ImageSize.square(SIDE), List.of(), "0".repeat(64));
    }

    @Override
    public int size(Split split) {
      return 8;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      new Random(index).nextBytes(rgb);
      return new LabelledImage(String.valueOf(index), -1, ImageSize.square(SIDE), rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }
}
