package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.codes.CodeGrid;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenReconstructionsTest {
  private static final int SIZE = 4;
  private static final List<String> IDS =
      List.of("val/b/2.png", "val/b/10.png", "val/a/2.png", "val/a/1.png");

  @TempDir Path folder;

  /** Black images of some names. */
  private record Black(List<String> ids) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("black", ImageSize.square(SIZE), List.of(), "0");
    }

    @Override
    public int size(Split split) {
      return ids.size();
    }

    @Override
    public LabelledImage image(Split split, int index) {
      return new LabelledImage(
          ids.get(index), -1, ImageSize.square(SIZE), new byte[3 * SIZE * SIZE]);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  /** A picture whose grey is its number. */
  private void picture(String name, int size, int grey) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, grey * 0x010101);
    }
    Path file = folder.resolve("back").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private Path codes(int... shape) throws IOException {
    int count = 1;
    for (int side : shape) {
      count *= side;
    }
    ByteBuffer numbers = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < count; i++) {
      numbers.putLong(i / (count / shape[0]));
    }
    return Files.write(
        folder.resolve("codes.npy"), new NumpyArray("<i8", shape, numbers.array()).file());
  }

  private static GivenReconstructions open(
      Path source, Optional<Path> codes, int downsampling, int measured, Integer... sizes)
      throws IOException {
    return GivenReconstructions.open(
        source,
        new GivenReconstructions.Origin(
            "reconstructions", codes, CodeGrid.books(List.of(sizes)), downsampling),
        new ReferenceImages(new Black(IDS), measured),
        Progress.NONE);
  }

  private static List<Integer> greys(GivenReconstructions given, int count) {
    ReferenceImages reference = new ReferenceImages(new Black(IDS), count);
    return given.of(reference.from(0, count), 0).images().stream()
        .map(image -> image.rgb()[0] & 0xff)
        .toList();
  }

  private void writeAll(String prefix) throws IOException {
    picture(prefix + "a/1.png", SIZE, 0);
    picture(prefix + "a/2.png", SIZE, 1);
    picture(prefix + "b/2.png", SIZE, 2);
    picture(prefix + "b/10.png", SIZE, 3);
  }

  @Test
  void names_pairWithAndWithoutTheFolderOfTheSplit_andCodesFollowThem() throws IOException {
    for (String prefix : List.of("", "val/")) {
      writeAll(prefix);
      try (GivenReconstructions given =
          open(folder.resolve("back"), Optional.of(codes(4, 2, 2)), 0, 0, 4)) {
        assertThat(greys(given, 4)).containsExactly(2, 3, 1, 0);
        ReferenceImages reference = new ReferenceImages(new Black(IDS), 0);
        Reconstructor.Batch second = given.of(reference.from(1, 2), 1);
        assertThat(second.tokens().orElseThrow().toArray()).containsExactly(3, 3, 3, 3, 1, 1, 1, 1);
        assertThat(given.spec().orElseThrow().downsampling()).isEqualTo(2);
      }
      deleteBack();
    }
  }

  @Test
  void namesOfAnArray_pairItsImages() throws IOException {
    try (GivenReconstructions given =
        open(array("b/2.png", "b/10.png", "a/2.png", "a/1.png"), Optional.empty(), 0, 0)) {
      assertThat(greys(given, 4)).containsExactly(0, 1, 2, 3);
      assertThat(given.notes()).containsExactly("images are paired by their names");
    }
    try (GivenReconstructions given =
        open(
            array("a/1.png", "a/2.png", "b/10.png", "b/2.png"),
            Optional.of(codes(4, 2, 2)),
            0,
            0,
            4)) {
      assertThat(greys(given, 4)).as("in another order").containsExactly(3, 2, 1, 0);
      ReferenceImages reference = new ReferenceImages(new Black(IDS), 0);
      assertThat(given.of(reference.from(0, 1), 0).tokens().orElseThrow().toArray())
          .as("codes have the array's order")
          .containsOnly(3);
    }
    try (GivenReconstructions given =
        open(array("9.png", "8.png", "7.png", "6.png"), Optional.empty(), 0, 0)) {
      assertThat(greys(given, 4)).as("by order").containsExactly(0, 1, 2, 3);
      assertThat(given.notes().get(0)).contains("no name is in both", "val/b/2.png with 9.png");
    }
  }

  @Test
  void arrayWithNamesOfMoreThanIsMeasured_isReadWhereItIs() throws IOException {
    Path all = array("b/2.png", "b/10.png", "a/2.png", "a/1.png");
    try (GivenReconstructions given = open(all, Optional.of(codes(4, 2, 2)), 0, 2, 4)) {
      ReferenceImages reference = new ReferenceImages(new Black(IDS), 2);
      List<String> measured = List.of(reference.id(0), reference.id(1));
      assertThat(greys(given, 2)).isEqualTo(measured.stream().map(IDS::indexOf).toList());
      assertThat(given.of(reference.from(1, 1), 1).tokens().orElseThrow().toArray()[0])
          .isEqualTo(IDS.indexOf(measured.get(1)));
    }
  }

  /** Images whose grey is their place. */
  private Path array(String... names) throws IOException {
    byte[] pixels = new byte[names.length * SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (SIZE * SIZE * 3));
    }
    Path file = folder.resolve("back.npz");
    NumpyArray.writeAll(
        file,
        Map.of(
            "arr_0",
            NumpyArray.of(pixels, names.length, SIZE, SIZE, 3),
            "names",
            NumpyArray.of(List.of(names))));
    return file;
  }

  /** Tokens are the product of the sides behind the images, and behind the sub-codebooks. */
  @Test
  void codesOnNoGrid_areSequences() throws IOException {
    writeAll("");
    assertSequence(5, codes(4, 5), 4);
    assertSequence(6, codes(4, 3, 2), 4);
    assertSequence(1, codes(4, 1), 4);
    assertSequence(3, codes(4, 2, 3), 4, 4);
    assertSequence(12, codes(4, 2, 3, 2, 2), 4, 4);
    assertSequence(12, codes(4, 1, 3, 2, 2), 4);
  }

  @Test
  void gridOfAFlatRow_isSaidToBeGuessed() throws IOException {
    writeAll("");
    assertThat(guesses(0, codes(4, 4), 4))
        .containsExactly(
            folder.resolve("codes.npy")
                + ": 4 codes an image are taken for a grid of 2 x 2; give them as [4, 4, 1] where"
                + " they are a sequence");
    assertThat(guesses(0, codes(4, 2, 4), 4, 4).get(0)).contains("give them as [4, 2, 4, 1]");
    assertThat(guesses(2, codes(4, 4), 4)).as("declared").isEmpty();
    for (int[] shape : new int[][] {{4, 2, 2}, {4, 1, 2, 2}, {4, 5}, {4, 1}, {4, 4, 1}}) {
      assertThat(guesses(0, codes(shape), 4)).isEmpty();
    }
    assertSequence(4, codes(4, 4, 1), 4);
    assertSequence(4, codes(4, 2, 4, 1), 4, 4);
  }

  private List<String> guesses(int downsampling, Path codes, Integer... sizes) throws IOException {
    try (GivenReconstructions given =
        open(folder.resolve("back"), Optional.of(codes), downsampling, 0, sizes)) {
      return given.notes().stream().filter(note -> note.contains("codes")).toList();
    }
  }

  private void assertSequence(int tokens, Path codes, Integer... sizes) throws IOException {
    try (GivenReconstructions given =
        open(folder.resolve("back"), Optional.of(codes), 0, 0, sizes)) {
      ReferenceImages reference = new ReferenceImages(new Black(IDS), 0);
      Tokens first = given.of(reference.from(0, 1), 0).tokens().orElseThrow();
      assertThat(first.height() * first.width()).isEqualTo(tokens);
    }
  }

  private void deleteBack() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("back"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void imagesThatAreNotMeasured_arePassedOver() throws IOException {
    writeAll("");
    try (GivenReconstructions given = open(folder.resolve("back"), Optional.empty(), 0, 2)) {
      assertThat(greys(given, 2)).containsExactly(2, 1);
      assertThat(given.notes())
          .anySatisfy(note -> assertThat(note).startsWith("2 of the 4 images in "));
      assertThat(given.spec()).isEmpty();
    }
  }

  @Test
  void arrays_areInTheOrderOfTheDataset() throws IOException {
    byte[] bytes = new byte[4 * SIZE * SIZE * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / (SIZE * SIZE * 3));
    }
    Path file =
        Files.write(folder.resolve("back.npy"), NumpyArray.of(bytes, 4, SIZE, SIZE, 3).file());
    try (GivenReconstructions given = open(file, Optional.empty(), 2, 0, 8)) {
      assertThat(greys(given, 4)).containsExactly(0, 1, 2, 3);
      assertThat(given.spec().orElseThrow().totalCodes()).isEqualTo(8);
      assertThat(given.coded()).isEmpty();
    }
    assertRefused("black has 2 images, " + file + " has 4", file, Optional.empty(), 0, 2);
  }

  private static void assertRefused(
      String message,
      Path source,
      Optional<Path> codes,
      int downsampling,
      int measured,
      Integer... sizes) {
    assertThatThrownBy(() -> open(source, codes, downsampling, measured, sizes).close())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void codesThatAreNone_areRefused() throws IOException {
    Path back = folder.resolve("back");
    writeAll("");
    for (int[] shape : new int[][] {{4, 0}, {4, 0, 0}, {4, 2, 0}}) {
      assertRefused("which holds no codes", back, Optional.of(codes(shape)), 0, 0, 4);
    }
    assertRefused("which holds no codes", back, Optional.of(codes(4, 2, 0)), 0, 0, 4, 4);
    Path file = folder.resolve("typed.npy");
    Map<String, String> types =
        Map.of("|b1", "bool", "<U4", "text", "<u2", "uint16", "<f4", "float32", "|O", "objects");
    for (Map.Entry<String, String> type : types.entrySet()) {
      byte[] numbers = new byte[4 * 4 * 16];
      Files.write(file, new NumpyArray(type.getKey(), new int[] {4, 4}, numbers).file());
      assertRefused(
          file + " holds " + type.getValue() + " [4, 4], not uint8, int32 or int64: convert it",
          back,
          Optional.of(file),
          0,
          0,
          4);
    }
  }

  @Test
  void whatDoesNotPair_isRefused() throws IOException {
    Path back = folder.resolve("back");
    writeAll("");
    assertRefused("for 4 images", back, Optional.of(codes(3, 2, 2)), 0, 0, 4);
    assertRefused(
        "has the shape [4] for 4 images: give a row of codes for each of them, at least [4, 1]",
        back,
        Optional.of(codes(4)),
        0,
        0,
        4);
    assertRefused(
        "has the shape [4, 2, 2, 2], which is not that of one codebook: give [N, h, w] or"
            + " [N, tokens], or the size of each of 2 in 'codebooks'",
        back,
        Optional.of(codes(4, 2, 2, 2)),
        0,
        0,
        4);
    Path zip = Files.move(array("a"), folder.resolve("codes.npz"));
    assertRefused(
        zip + " is an archive, such as an .npz: give the array alone, an .npy of numpy.save",
        back,
        Optional.of(zip),
        0,
        0,
        4);
    assertRefused("has the index 3, outside", back, Optional.of(codes(4, 4)), 0, 0, 3);
    assertRefused("give [N, 2, ...]", back, Optional.of(codes(4, 3, 2)), 0, 0, 4, 4);
    assertRefused(
        "a downsampling of 2 and not a downsampling of 4",
        back,
        Optional.of(codes(4, 2, 2)),
        4,
        0,
        4);
    assertRefused(
        "1 x 5 for images of 4 x 4, no grid and not a downsampling of 2",
        back,
        Optional.of(codes(4, 5)),
        2,
        0,
        4);
    assertRefused("a downsampling of 3 does not fit", back, Optional.empty(), 3, 0, 8);
    Files.move(back.resolve("b/2.png"), back.resolve("b/11.png"));
    assertRefused("black has b/2.png, which has no partner", back, Optional.empty(), 0, 0);
    deleteBack();
    for (String id : IDS) {
      picture(id, 2 * SIZE, 0);
    }
    assertRefused(
        "has images of 8 x 8, the dataset has 4 x 4: reconstruct these, or use"
            + " --set data.image-size=8 where the dataset has that setting",
        back,
        Optional.empty(),
        0,
        0);
  }
}
