package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitReferenceTest {
  private static final ImageSize SIZE = new ImageSize(1, 1);

  /** More than twice what is looked at in one piece, and no multiple of anything. */
  private static final int IMAGES = 9001;

  private static final int KEPT = 700;
  private static final int BATCH = 64;

  @TempDir private Path cache;

  /** Single pixels, whose colours grow over the split, as in folders that are sorted by class. */
  private record Sorted(String hash) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("sorted", SIZE, List.of("one"), hash);
    }

    @Override
    public int size(Split split) {
      return IMAGES;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      byte[] rgb = {(byte) (index * 255L / IMAGES), (byte) (index % 7 * 30), (byte) (index % 11)};
      return new LabelledImage("" + index, 0, SIZE, rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  @Test
  void statistics_areThoseOfAllImages_howeverManyAreLookedAtAtOnce() throws Exception {
    MeanColours extractor = new MeanColours("mean colours");
    ReferenceFeatures found = reference("a").features(extractor, cache, Progress.NONE);
    FeatureMatrix all = allFeatures();
    FeatureStatistics expected = FeatureStatistics.of(all);
    assertThat(found.statistics().samples()).isEqualTo(IMAGES);
    assertThat(found.statistics().mean()).containsExactly(expected.mean(), within(1e-9));
    assertThat(found.statistics().covariance())
        .containsExactly(expected.covariance(), within(1e-9));

    FeatureMatrix kept = found.pooled().orElseThrow();
    assertThat(kept.rows()).isEqualTo(KEPT);
    for (int row = 0; row < KEPT; row++) {
      int image = (int) ((long) row * IMAGES / KEPT);
      for (int i = 0; i < 3; i++) {
        assertThat(kept.values()[3 * row + i])
            .as("image %s of the split", image)
            .isEqualTo(all.values()[3 * image + i]);
      }
    }
  }

  @Test
  void features_areKept_forTheSameImagesAlone() throws Exception {
    MeanColours extractor = new MeanColours("mean colours");
    ReferenceFeatures first = reference("a").features(extractor, cache, Progress.NONE);
    ReferenceFeatures second = reference("a").features(extractor, cache, Progress.NONE);
    assertThat(extractor.images()).isEqualTo(IMAGES);
    assertThat(second.statistics().covariance()).isEqualTo(first.statistics().covariance());
    assertThat(second.pooled().orElseThrow().values())
        .isEqualTo(first.pooled().orElseThrow().values());
    reference("b").features(extractor, cache, Progress.NONE);
    assertThat(extractor.images()).isEqualTo(2 * IMAGES);
  }

  @Test
  void classCounts_areOfAllImages() {
    assertThat(reference("a").classCounts().orElseThrow()).containsExactly(IMAGES);
  }

  private static SplitReference reference(String hash) {
    return new SplitReference(new Sorted(hash), Split.TRAIN, KEPT);
  }

  private static FeatureMatrix allFeatures() {
    FeatureTable table = FeatureTable.ofReference(new MeanColours("mean colours"), IMAGES);
    Sorted images = new Sorted("a");
    for (int from = 0; from < IMAGES; from += BATCH) {
      table.add(
          IntStream.range(from, Math.min(IMAGES, from + BATCH))
              .mapToObj(i -> images.image(Split.TRAIN, i))
              .toList());
    }
    return table.pooled();
  }
}
