package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.evaluation.StatisticsComparison;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetComparisonTest {
  private static final int SIZE = 8;

  @Test
  void protocol_namesTheReferenceImages() throws IOException {
    ImageSet other = images(3);
    assertThat(protocol(images(1), other)).isEqualTo(protocol(images(1), images(4)));
    assertThat(protocol(images(1), other)).isNotEqualTo(protocol(images(2), other));
  }

  private static String protocol(ImageSet real, ImageSet other) throws IOException {
    try (FeatureExtractor extractor = new MeanColours()) {
      return new ImageSetComparison(extractor, Optional.empty(), 0)
          .compare(pairs(real, other))
          .metrics()
          .get("psnr")
          .protocol();
    }
  }

  private static ImageMatching pairs(ImageSet real, ImageSet other) {
    return ImageMatching.of(Path.of("real"), real, Path.of("other"), other, Progress.NONE);
  }

  @Test
  void notes_sayHowImagesWerePairedAndHowFarTheNumbersReach() throws IOException {
    try (FeatureExtractor extractor = new MeanColours()) {
      ImageSet set = images(1);
      assertThat(
              new ImageSetComparison(extractor, Optional.empty(), 0)
                  .compare(pairs(set, set))
                  .notes())
          .containsExactly(
              "images are paired by their names",
              "LPIPS was not measured: give --set lpips.weights=FILE and --set lpips.linear=FILE",
              "rFID with mean-colours features cannot be compared with published values",
              "8 images are too few for: FID (N to infinity) (from 40 on); IS (from 20 on);"
                  + " KID (from 1000 on); KID (N to infinity) (from 20 on)",
              "mean-colours features have no layout for: sFID",
              "SSIM was not measured: its window needs images of at least 11 x 11 pixels, these are"
                  + " 8 x 8");
    }
  }

  /** With many images the last of them take longest. */
  @Test
  void metrics_showWhichIsComputed() throws IOException {
    List<String> computed = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    try (FeatureExtractor extractor = new MeanColours()) {
      new ImageSetComparison(extractor, Optional.empty(), 0)
          .compare(
              pairs(images(1), images(2)),
              (task, done, total, detail) -> {
                if (task.equals("compute metrics")) {
                  left.add(total - done);
                  computed.add(detail);
                }
              });
    }
    assertThat(computed).contains("Precision", "Density").doesNotContain("KID");
    assertThat(left).endsWith(0L).doesNotHaveDuplicates();
  }

  @Test
  void protocolOfPairs_dependsOnTheirImagesAlone() throws IOException {
    ImageSet set = images(1);
    ImageSet turned =
        new ImageSet(
            IntStream.range(0, 8).mapToObj(i -> "other" + i).toList(),
            reversed(set.images()),
            true);
    assertThat(protocol(turned, turned)).isEqualTo(protocol(set, images(3)));
  }

  @Test
  void imagesInAnotherOrder_areComparedWithThoseOfTheirName() throws IOException {
    ImageSet set = images(1);
    ImageSet turned = new ImageSet(reversed(set.names()), reversed(set.images()), true);
    try (FeatureExtractor extractor = new MeanColours()) {
      ImageSetComparison comparison = new ImageSetComparison(extractor, Optional.empty(), 0);
      assertThat(comparison.compare(pairs(set, turned)).metrics())
          .isEqualTo(comparison.compare(pairs(set, set)).metrics());
    }
  }

  @Test
  void savedStatistics_giveTheDistanceOfTheImages(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("statistics.npz");
    ImageSet other = images(2);
    try (FeatureExtractor extractor = new MeanColours()) {
      Measurement pairs =
          new ImageSetComparison(extractor, Optional.empty(), 0)
              .savingStatistics(Optional.of(file))
              .compare(pairs(images(1), other));
      assertThat(ReferenceSet.areNamed(file)).isTrue();
      Measurement alone =
          new StatisticsComparison(extractor, 0).compare(file, "other", other, Progress.NONE);
      assertThat(alone.metrics().get("gfid").value())
          .isCloseTo(pairs.metrics().get("rfid").value(), within(1e-6));
      assertThat(alone.metrics()).doesNotContainKeys("psnr", "rfid", "kid", "precision");
      assertThat(alone.notes())
          .contains(
              file
                  + " holds statistics, no images: other is compared with them as generated images"
                  + " are, and has no pairs");
    }
  }

  @Test
  void images_areReadBatchByBatch() throws IOException {
    AtomicInteger ahead = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RgbImage image = images(1).images().get(0);
    List<String> names = IntStream.range(0, 300).mapToObj(String::valueOf).toList();
    ImageSet real =
        new ImageSet(
            names,
            lazy(image, () -> most.accumulateAndGet(ahead.incrementAndGet(), Math::max)),
            true);
    ImageSet other = new ImageSet(names, lazy(image, ahead::decrementAndGet), true);
    ImageMatching pairs = pairs(real, other);
    most.set(0);
    ahead.set(0);
    try (FeatureExtractor extractor = new MeanColours()) {
      new ImageSetComparison(extractor, Optional.empty(), 0).compare(pairs);
    }
    assertThat(most.get()).isBetween(1, 64);
    assertThat(ahead.get()).isZero();
  }

  private static List<RgbImage> lazy(RgbImage image, Runnable read) {
    return new AbstractList<>() {
      @Override
      public RgbImage get(int index) {
        read.run();
        return image;
      }

      @Override
      public int size() {
        return 300;
      }
    };
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> turned = new ArrayList<>(list);
    Collections.reverse(turned);
    return turned;
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
    return new ImageSet(IntStream.range(0, 8).mapToObj(i -> i + ".png").toList(), images, true);
  }
}
