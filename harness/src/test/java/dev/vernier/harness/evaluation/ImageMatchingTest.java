package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImageMatchingTest {
  private static final Path REAL = Path.of("real");
  private static final Path OTHER = Path.of("other");

  @TempDir private Path folder;
  private int files;

  private static ImageSet files(String... names) {
    return new ImageSet(List.of(names), images(names.length), true);
  }

  private ImageSet numbers(int count) throws IOException {
    return array(Map.of("arr_0", pixels(count)));
  }

  private ImageSet array(String... names) throws IOException {
    return array(Map.of("arr_0", pixels(names.length), "names", NumpyArray.of(List.of(names))));
  }

  private ImageSet array(Map<String, NumpyArray> arrays) throws IOException {
    Path file = folder.resolve(files++ + ".npz");
    NumpyArray.writeAll(file, arrays);
    return ImageSet.read(file);
  }

  private static NumpyArray pixels(int count) {
    byte[] all = new byte[count * 3];
    IntStream.range(0, count).forEach(i -> all[3 * i] = (byte) i);
    return NumpyArray.of(all, count, 1, 1, 3);
  }

  private static List<RgbImage> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RgbImage(1, 1, new byte[] {(byte) i, 0, 0}))
        .toList();
  }

  private static ImageMatching match(ImageSet real, ImageSet other) {
    return ImageMatching.of(REAL, real, OTHER, other, Progress.NONE);
  }

  private static void assertRefused(ImageSet real, ImageSet other, String message) {
    assertThatThrownBy(() -> match(real, other))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  /** What the images were at, before they were sorted. */
  private static List<Integer> places(ImageSet set) {
    return set.images().stream().map(image -> (int) image.rgb()[0]).toList();
  }

  @Test
  void sameNames_arePairedWhateverTheirOrderAndExtension() {
    ImageMatching matching =
        match(files("a/1.png", "b.v2.png", "c.png"), files("c.jpg", "a/1.jpg", "b.v2.webp"));
    assertThat(places(matching.real())).containsExactly(0, 1, 2);
    assertThat(places(matching.other())).containsExactly(1, 2, 0);
    assertThat(matching.note()).isEqualTo("images are paired by their names");
  }

  @Test
  void otherNames_arePairedByNumber() {
    ImageMatching matching =
        match(
            files("0.png", "1.png", "10.png", "2.png"),
            files("x1.png", "x10.png", "x2.png", "x9.png"));
    assertThat(matching.real().names()).containsExactly("0.png", "1.png", "2.png", "10.png");
    assertThat(places(matching.real())).containsExactly(0, 1, 3, 2);
    assertThat(places(matching.other())).containsExactly(0, 2, 3, 1);
    assertThat(matching.note())
        .contains(
            "by their order", "no name is in both", "0.png with x1.png", "10.png with x10.png");
  }

  @Test
  void numbersOfAnArray_arePairedWithFilesByNumber() throws IOException {
    String[] texts = IntStream.range(0, 12).mapToObj(i -> i + ".png").toArray(String[]::new);
    Arrays.sort(texts);
    ImageMatching matching = match(files(texts), numbers(12));
    assertThat(matching.real().names().get(10)).isEqualTo("10.png");
    assertThat(places(matching.other()))
        .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    assertThat(matching.note()).contains("an array has no names", "last 11.png with 11");
  }

  @Test
  void namesOfAnArray_pairIt_whateverItsOrder() throws IOException {
    ImageSet array = array("10.png", "a/2.png", "1.png");
    for (ImageSet other :
        List.of(files("1.jpg", "a/2.jpg", "10.jpg"), array("1.png", "a/2.png", "10.png"))) {
      ImageMatching matching = match(other, array);
      assertThat(matching.note()).isEqualTo("images are paired by their names");
      assertThat(matching.real().names())
          .extracting(ImageSet::stem)
          .as("the order of the names, so that numbers do not depend on that of the array")
          .containsExactly("1", "10", "a/2");
      assertThat(places(matching.real())).containsExactly(0, 2, 1);
      assertThat(places(matching.other())).containsExactly(2, 0, 1);
    }
    assertThat(places(match(array, files("x/1.png", "x/2.png", "x/10.png")).real()))
        .as("by their file names")
        .containsExactly(2, 1, 0);
  }

  @Test
  void namesOfAnArrayThatAreNowhereElse_areOfItsOrder() throws IOException {
    ImageMatching matching = match(files("a.png", "b.png"), array("y.png", "x.png"));
    assertThat(places(matching.other())).containsExactly(0, 1);
    assertThat(matching.note()).contains("no name is in both", "a.png with y.png");
    assertRefused(
        files("a.png", "b.png"), array("a.png", "x.png"), "real has b.png, which has no partner");
    assertRefused(files("a.png", "b.png"), array("a.png", "a.jpg"), "other has a.png and a.jpg");
  }

  @Test
  void arrayWithOtherThanANameForEachImage_isRefused() {
    for (NumpyArray names :
        List.of(NumpyArray.of(List.of("a")), NumpyArray.of(new double[] {1, 2}, 2))) {
      assertThatThrownBy(() -> array(Map.of("arr_0", pixels(2), "names", names)))
          .isInstanceOf(UsageException.class)
          .hasMessageMatching(".*(has 1 names for 2 images|names holds no text): write .*");
    }
  }

  @Test
  void nameWithoutPartner_isNamed() {
    assertRefused(
        files("a.png", "b.png", "c.png"),
        files("a.png", "x.png", "c.png"),
        "real has b.png, which has no partner of that name in other");
    assertRefused(files("a.png"), files("a.png", "b.png"), "other has b.png");
  }

  @Test
  void namesThatDifferInTheirExtensionOnly_areRefused() throws IOException {
    assertRefused(files("a.jpg", "a.png"), files("a.png", "b.png"), "real has a.jpg and a.png");
    assertRefused(numbers(2), files("a.jpg", "a.png"), "other has a.jpg and a.png");
  }

  @Test
  void sameFileNamesInOtherFolders_arePaired() {
    ImageMatching matching =
        match(files("1.png", "10.png", "2.png"), files("a/10.jpg", "b/1.jpg", "b/2.jpg"));
    assertThat(matching.real().names()).containsExactly("1.png", "2.png", "10.png");
    assertThat(places(matching.other())).containsExactly(1, 2, 0);
    assertThat(matching.note()).contains("paired by their file names");
  }

  @Test
  void fileNamesThatDoNotTellThePartner_areRefused() {
    assertRefused(
        files("0.png", "1.png"),
        files("a/0.png", "b/0.png"),
        "other has a/0.png and b/0.png, and the other images lie in other folders");
    assertRefused(
        files("a/0.png", "b/1.png"), files("0.png", "2.png"), "real has b/1.png, which has no");
  }

  @Test
  void imagesOfAnotherSize_areTold() {
    ImageSet large =
        new ImageSet(
            List.of("a.png", "b.png"),
            List.of(new RgbImage(2, 3, new byte[18]), new RgbImage(1, 1, new byte[3])),
            true);
    assertThat(match(large, files("a.png", "b.png")).remarks())
        .containsExactly(
            "1 of 2 images in real were resized and cropped to 1 x 1, the size of the others"
                + " (a.png is 3 x 2)");
    assertThat(match(files("a.png", "b.png"), files("a.png", "b.png")).remarks()).isEmpty();
  }

  @Test
  void textsBesideImages_areTold() {
    ImageSet set =
        new ImageSet(List.of("a.png", "b.png"), images(2), true, List.of("metrics.json"));
    assertThat(match(files("a.png", "b.png"), set).remarks())
        .containsExactly("1 file of text in other was passed over: metrics.json");
  }

  @Test
  void tooFewImages_areCounted() throws IOException {
    assertRefused(numbers(0), numbers(0), "real has no images");
    assertRefused(numbers(1), numbers(1), "real has one image");
  }

  @Test
  void setsOfUnequalSize_areRefused() throws IOException {
    assertRefused(numbers(3), files("a.png"), "real has 3 images, other has 1");
    assertRefused(files("x.png", "y.png"), files("a.png"), "real has 2 images, other has 1");
  }

  /** A look for each name among all the others takes minutes. */
  @Test
  @Timeout(20)
  void manyNames_arePairedInSeconds() {
    List<RgbImage> same = Collections.nCopies(100_000, new RgbImage(1, 1, new byte[3]));
    List<String> names = IntStream.range(0, same.size()).mapToObj(i -> "a/" + i + ".png").toList();
    List<String> back = new ArrayList<>(names);
    Collections.reverse(back);
    ImageMatching matching = match(new ImageSet(names, same, true), new ImageSet(back, same, true));
    assertThat(matching.real().names()).isEqualTo(matching.other().names()).hasSize(same.size());
  }
}
