package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.evaluation.GeneratedImages;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.evaluation.SampleEvaluator;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleEvaluatorTest {
  private static final int SIDE = 8;
  private static final int CLASSES = 2;

  /** Images of a class in a row of the picture, before a white one and the nearest. */
  private static final int SHOWN = 8;

  /** Sides of an enlarged image, and of that with the gap behind it. */
  private static final int FACTOR = 12;

  private static final int STEP = FACTOR * SIDE + 2;
  private static final ImageDataset DATASET = new FewImages(ImageSize.square(SIDE));

  @TempDir private Path folder;
  private OwnCache cache;

  @BeforeEach
  void openCache() {
    cache = OwnCache.in(folder.resolve("cache"));
  }

  @AfterEach
  void closeCache() {
    cache.close();
  }

  /** Training images, as a generator that has learned them by heart would draw them. */
  private record Copies() implements GeneratedImages {
    /** The training image that an image is a copy of; of the same class. */
    static LabelledImage copied(int image) {
      return DATASET.image(Split.TRAIN, (image + 10) % DATASET.size(Split.TRAIN));
    }

    @Override
    public int count() {
      return CLASSES * SHOWN;
    }

    @Override
    public List<LabelledImage> from(int first, int most) {
      return IntStream.range(first, Math.min(count(), first + most))
          .mapToObj(Copies::copied)
          .toList();
    }
  }

  /** The red, green and blue of each pixel of an image that the picture shows. */
  private static List<Integer> shown(BufferedImage picture, int row, int column) {
    return IntStream.range(0, SIDE * SIDE)
        .mapToObj(
            i ->
                picture.getRGB(
                        column * STEP + FACTOR * (i % SIDE), row * STEP + FACTOR * (i / SIDE))
                    & 0xffffff)
        .toList();
  }

  private static List<Integer> pixels(LabelledImage image) {
    byte[] rgb = image.rgb();
    int area = SIDE * SIDE;
    return IntStream.range(0, area)
        .mapToObj(
            i ->
                Byte.toUnsignedInt(rgb[i]) << 16
                    | Byte.toUnsignedInt(rgb[area + i]) << 8
                    | Byte.toUnsignedInt(rgb[2 * area + i]))
        .toList();
  }

  /** The same images, but three of four are said to be of one class. */
  private record Uneven() implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return DATASET.spec();
    }

    @Override
    public int size(Split split) {
      return DATASET.size(split);
    }

    @Override
    public LabelledImage image(Split split, int index) {
      return DATASET.image(split, index);
    }

    @Override
    public int label(Split split, int index) {
      return index % 4 == 0 ? 0 : 1;
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return DATASET.augmented(index, random);
    }
  }

  private Measurement measure(ReferenceSet reference) throws IOException {
    try (FeatureExtractor extractor = new MeanColours()) {
      return new SampleEvaluator(DATASET, reference, extractor, 0)
          .measure(new Copies(), CLASSES, folder, Progress.NONE);
    }
  }

  private BufferedImage picture(ReferenceSet reference) throws IOException {
    measure(reference);
    return ImageIO.read(folder.resolve("samples.png").toFile());
  }

  private static void assertShowsWhatWasCopied(BufferedImage picture) {
    for (int label = 0; label < CLASSES; label++) {
      for (int i = 0; i < SHOWN; i++) {
        assertThat(shown(picture, label, i)).isEqualTo(pixels(Copies.copied(CLASSES * i + label)));
      }
      assertThat(shown(picture, label, SHOWN)).containsOnly(0xffffff);
      for (int i = 0; i < 2; i++) {
        assertThat(shown(picture, label, SHOWN + 1 + i))
            .as("nearest to image %s of class %s", i, label)
            .isEqualTo(pixels(Copies.copied(CLASSES * i + label)));
      }
    }
    assertThat(picture.getWidth()).isEqualTo((SHOWN + 3) * STEP - 2);
    assertThat(picture.getHeight()).isEqualTo(CLASSES * STEP - 2);
  }

  @Test
  void copiesOfTrainingImages_areShownBesideThese() throws IOException {
    assertShowsWhatWasCopied(picture(ReferenceSet.training(DATASET)));
  }

  /** As a file of them has them. */
  @Test
  void inceptionScoreInOrder_isOfSamplesAsTheyWereDrawn() throws IOException {
    Measurement measured = measure(ReferenceSet.training(DATASET));
    String protocol = measured.metrics().get("inception_score_adm").protocol();
    assertThat(measured.protocols().get(protocol))
        .containsEntry("splits", "5000 images each in their order, the last one shorter")
        .containsEntry("classes", "in turn");
  }

  /** Samples take classes in turn. */
  @Test
  void referenceOfUnevenClasses_isNoted() throws IOException {
    assertThat(measure(ReferenceSet.training(new Uneven())).notes())
        .anyMatch(note -> note.contains("25% of the reference would have to be of other classes"));
    assertThat(measure(ReferenceSet.training(DATASET)).notes())
        .noneMatch(note -> note.contains("other classes"));
  }

  @Test
  void copies_showWhateverTheReferenceIs() throws IOException {
    assertShowsWhatWasCopied(picture(ReferenceSet.validation(DATASET)));
  }
}
