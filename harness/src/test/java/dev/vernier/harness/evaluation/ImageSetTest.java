package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {
  private static final String SOURCE = "set";

  private static ImageSet of(RgbImage... images) {
    return new ImageSet(List.of("a", "b"), List.of(images), true);
  }

  private static RgbImage image(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  @Test
  void imagesOfOneSize_haveIt() {
    assertThat(of(image(4, 4), image(4, 4)).size(SOURCE, Progress.NONE))
        .isEqualTo(ImageSize.square(4));
    assertThat(of(image(3, 4), image(3, 4)).size(SOURCE, Progress.NONE))
        .isEqualTo(new ImageSize(4, 3));
  }

  @Test
  void crops_fitOneSize_andTheReaderIsToldWhichWereMade() {
    ImageSet set = of(image(4, 3), image(8, 8));
    ImageSize size = new ImageSize(3, 4);
    assertThat(set.crops(size, 0, 2)).extracting(LabelledImage::size).containsOnly(size);
    assertThat(set.changes(SOURCE, size, Progress.NONE))
        .contains(
            "1 of 2 images in set were resized and cropped to 3 x 4, the size of the others"
                + " (b is 8 x 8)");
  }

  @Test
  void severalSizes_areRefusedAsHeightAndWidth() {
    assertThatThrownBy(() -> of(image(4, 4), image(3, 4)).size(SOURCE, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("different sizes (a is 4 x 4, b is 4 x 3)");
  }

  /** They are all decoded, which takes minutes where there are many. */
  @Test
  void lookingAtImages_showsProgress() {
    assertThat(progressOf(300)).hasSizeGreaterThan(1).isSorted().endsWith(300L);
  }

  @Test
  void lookingAtFewImages_isDoneBeforeAWordOnIt() {
    assertThat(progressOf(2)).isEmpty();
  }

  /** Images done at each word on looking at some, of so many. */
  private static List<Long> progressOf(int images) {
    List<Long> done = new ArrayList<>();
    List<String> names = IntStream.range(0, images).mapToObj(String::valueOf).toList();
    new ImageSet(names, Collections.nCopies(images, image(4, 4)), true)
        .size(
            SOURCE,
            (task, at, total, detail) -> {
              assertThat(task).isEqualTo("look at set");
              assertThat(total).isEqualTo(images);
              done.add(at);
            });
    return done;
  }

  @Test
  void stem_isThePathWithoutItsExtension() {
    assertThat(ImageSet.stem("a.b/c.tar.png")).isEqualTo("a.b/c.tar");
    assertThat(ImageSet.stem("step_0.5")).isEqualTo("step_0.5");
    assertThat(ImageSet.stem("step_0.5.jp2")).isEqualTo("step_0.5");
    assertThat(ImageSet.stem("a.b/c")).isEqualTo("a.b/c");
    assertThat(ImageSet.stem(".hidden")).isEqualTo(".hidden");
  }

  /** An array knows the size of its images, in whichever order they are taken. */
  @Test
  void sortedArray_saysItsSizeWithoutALook(@TempDir Path folder) throws Exception {
    int count = 300;
    List<String> names = IntStream.range(0, count).mapToObj(i -> "n" + (count - i)).toList();
    Path file = folder.resolve("a.npz");
    NumpyArray.writeAll(
        file,
        Map.of(
            "arr_0", NumpyArray.of(new byte[3 * count], count, 1, 1, 3),
            "names", NumpyArray.of(names)));
    try (ImageSet read = ImageSet.read(file)) {
      List<Integer> back = IntStream.range(0, count).mapToObj(i -> count - 1 - i).toList();
      ImageSet twice = read.at(back).at(back);
      assertThat(twice.size(SOURCE, (task, done, total, detail) -> fail("looked at " + task)))
          .isEqualTo(ImageSize.square(1));
    }
  }
}
