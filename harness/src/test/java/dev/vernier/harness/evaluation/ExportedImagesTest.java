package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedImagesTest {
  private static final ImageSize SIZE = new ImageSize(8, 8);

  @TempDir private Path folder;

  private static ReferenceImages images(int count) {
    return images(count, i -> "val/" + (i % 2 == 0 ? "cat" : "dog") + "/" + i + ".jpg");
  }

  /** Some of 30 images of noise. */
  private static ReferenceImages images(int count, IntFunction<String> ids) {
    ImageDataset dataset =
        new ImageDataset() {
          @Override
          public DatasetSpec spec() {
            return new DatasetSpec("noise", SIZE, List.of("cat", "dog"), "0123456789abcdef");
          }

          @Override
          public int size(Split split) {
            return 30;
          }

          @Override
          public LabelledImage image(Split split, int index) {
            byte[] rgb = new byte[3 * SIZE.area()];
            new Random(split == Split.VALIDATION ? index : -1).nextBytes(rgb);
            return new LabelledImage(ids.apply(index), index % 2, SIZE, rgb);
          }

          @Override
          public LabelledImage augmented(int index, RandomGenerator random) {
            throw new AssertionError("only what is measured is exported");
          }
        };
    return new ReferenceImages(dataset, count);
  }

  private static List<byte[]> pixels(ImageSet set) {
    return set.crops(SIZE, 0, set.names().size()).stream().map(LabelledImage::rgb).toList();
  }

  @Test
  void folder_holdsWhatIsMeasured() throws IOException {
    ReferenceImages images = images(10);
    Path target = folder.resolve("out");
    new ExportedImages(images).writeFolder(target, Progress.NONE);
    List<String> names = Files.readAllLines(target.resolve("names.txt"));
    assertThat(names).hasSize(10).startsWith("val/cat/0.png", "val/dog/3.png", "val/cat/6.png");
    try (ImageSet set = ImageSet.read(target)) {
      assertThat(set.names()).containsExactlyInAnyOrderElementsOf(names);
      for (LabelledImage each : images.from(0, 10)) {
        String name = each.id().replace(".jpg", ".png");
        assertThat(pixels(set).get(set.names().indexOf(name))).isEqualTo(each.rgb());
      }
    }
  }

  @Test
  void array_holdsWhatIsMeasuredInOrder() throws IOException {
    ReferenceImages images = images(0);
    Path target = folder.resolve("out.npz");
    new ExportedImages(images).writeArray(target, Progress.NONE);
    try (ImageSet set = ImageSet.read(target)) {
      List<byte[]> pixels = pixels(set);
      assertThat(pixels).hasSize(30);
      for (int i = 0; i < 30; i++) {
        assertThat(pixels.get(i)).isEqualTo(images.from(i, 1).get(0).rgb());
      }
    }
    try (ZipFile zip = new ZipFile(target.toFile())) {
      byte[] names = zip.getInputStream(zip.getEntry("names.npy")).readAllBytes();
      // 14 characters of 4 bytes, from the header's 128 bytes on.
      assertThat(new String(names, StandardCharsets.US_ASCII)).contains("'<U14'", "(30,)");
      int second = 128 + 14 * 4;
      assertThat(new String(names, second, 14 * 4, StandardCharsets.US_ASCII).replace("\0", ""))
          .isEqualTo("val/dog/1.png");
    }
  }

  @Test
  void export_pairsWithItself() throws IOException {
    new ExportedImages(images(10)).writeFolder(folder.resolve("one"), Progress.NONE);
    new ExportedImages(images(10)).writeFolder(folder.resolve("two"), Progress.NONE);
    try (ImageSet one = ImageSet.read(folder.resolve("one"));
        ImageSet two = ImageSet.read(folder.resolve("two"))) {
      ImageMatching pairs =
          ImageMatching.of(folder.resolve("one"), one, folder.resolve("two"), two, Progress.NONE);
      assertThat(pairs.note()).isEqualTo("images are paired by their names");
      assertThat(pairs.remarks()).isEmpty();
      assertThat(pixels(pairs.real())).usingRecursiveComparison().isEqualTo(pixels(pairs.other()));
    }
  }

  @Test
  void exportThatWasCutShort_isWrittenAgain() throws IOException {
    Path target = folder.resolve("out");
    ExportedImages exported = new ExportedImages(images(4));
    exported.writeFolder(target, Progress.NONE);
    Files.delete(target.resolve("val/cat/0.png"));
    Files.write(target.resolve("val/dog/15.png"), new byte[] {1});
    Path part = Files.createFile(target.resolve("val/cat/0.png." + UUID.randomUUID() + ".part"));
    exported.writeFolder(target, Progress.NONE);
    try (ImageSet set = ImageSet.read(target)) {
      assertThat(pixels(set)).hasSize(4);
    }
    assertThat(part).doesNotExist();
  }

  @Test
  void exportThatWasCutShort_countsItsImagesAlone() throws IOException {
    Path target = folder.resolve("out");
    new ExportedImages(images(4)).writeFolder(target, Progress.NONE);
    Files.createFile(target.resolve("val/cat/0.png." + UUID.randomUUID() + ".part"));
    try (ImageSet set = ImageSet.read(target)) {
      assertThat(pixels(set)).hasSize(4);
    }
  }

  @Test
  void foreignTargets_areRefused() throws IOException {
    Path target = folder.resolve("out");
    new ExportedImages(images(4)).writeFolder(target, Progress.NONE);
    assertRefused("holds other images", images(5), target);
    Path other = Files.createDirectories(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("mine.txt"), "text");
    assertRefused("holds something else", images(4), other);
    assertRefused("is a file", images(4), file);
    assertThatThrownBy(() -> new ExportedImages(images(4)).writeArray(file, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void namesThatCannotBeFiles_areRefused() {
    assertRefused("would have one name", images(4, i -> i % 2 == 0 ? "a.jpg" : "a.gif"), folder);
    assertRefused("cannot be a file", images(4, i -> "../" + i), folder);
    assertRefused("cannot be a file", images(4, i -> "/" + i), folder);
  }

  private static void assertRefused(String part, ReferenceImages images, Path target) {
    assertThatThrownBy(() -> new ExportedImages(images).writeFolder(target, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(part);
  }
}
