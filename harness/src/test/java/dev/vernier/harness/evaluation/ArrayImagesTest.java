package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayImagesTest {
  /** More than are read at once. */
  private static final int COUNT = 150;

  private static final int BLOCK = 64;

  private static final byte[] PIXELS = new byte[COUNT * 4 * 5 * 3];

  @TempDir private Path folder;

  static {
    new Random(1).nextBytes(PIXELS);
  }

  private static byte[] images() {
    return NumpyArray.of(PIXELS, COUNT, 4, 5, 3).file();
  }

  /** An array of which nothing matters but what it says of itself. */
  private static byte[] array(String type, String order, String shape) {
    String text =
        "{'descr': " + type + ", 'fortran_order': " + order + ", 'shape': (" + shape + "), }";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length(), 0});
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private Path npz(Map<String, byte[]> arrays) throws IOException {
    Path file = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey() + ".npy"));
        zip.write(each.getValue());
      }
    }
    return file;
  }

  private static void assertRead(Path file) throws IOException {
    try (ArrayImages images = ArrayImages.of(file)) {
      assertThat(images).hasSize(COUNT);
      // Back and forth, over the ends of what is read at once.
      for (int i : new int[] {0, 63, 64, 149, 3, 128, 127}) {
        byte[] one = Arrays.copyOfRange(PIXELS, i * 60, (i + 1) * 60);
        assertThat(images.get(i).rgb()).isEqualTo(RgbImage.interleaved(5, 4, one).rgb());
      }
    }
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ArrayImages.of(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  private static boolean ran(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  /** As root, who may have a disk in memory. */
  @Test
  void temporaryDiskThatIsFull_isNamed_notAnother() throws Exception {
    String disk = Files.createDirectory(folder.resolve("disk")).toString();
    assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk));
    String before = System.setProperty("java.io.tmpdir", disk);
    try (ArrayImages images = ArrayImages.of(npz(Map.of("arr_0", images())))) {
      assertThat(images.get(COUNT - 1)).isNotNull();
      // Whoever reads beside it is told the same, not of a copy that is cut off.
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> images.get(BLOCK))
            .hasRootCauseMessage("No space left on device")
            .cause()
            .hasMessageStartingWith("there is no room for " + disk + "/vernier-images-")
            .hasMessageContaining("-Djava.io.tmpdir=DIR");
      }
    } finally {
      System.setProperty("java.io.tmpdir", before);
      ran("umount", disk);
    }
  }

  @Test
  void images_areReadInAnyOrder() throws IOException {
    Path single = Files.write(folder.resolve("a.npy"), images());
    for (Path file : List.of(single, npz(Map.of("arr_0", images())))) {
      try (ArrayImages all = ArrayImages.of(file)) {
        for (int place : new Random(2).ints(400, 0, COUNT).toArray()) {
          byte[] pixels = Arrays.copyOfRange(PIXELS, place * 60, (place + 1) * 60);
          assertThat(all.get(place).rgb()).isEqualTo(RgbImage.interleaved(5, 4, pixels).rgb());
        }
      }
    }
  }

  @Test
  void images_areReadWhateverLiesBesideThem() throws Exception {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("names", array("'<U1'", "False", "6,"));
    arrays.put("flags", array("'|b1'", "False", "6,"));
    arrays.put("things", array("'|O'", "False", "6,"));
    arrays.put("records", array("[('a', '<f4'), ('b', '<i8')]", "False", "6,"));
    arrays.put("arr_0", images());
    assertRead(npz(arrays));
  }

  @Test
  void theOnlyArrayOfImages_mayHaveAnyName() throws Exception {
    assertRead(npz(Map.of("samples", images())));
  }

  @Test
  void aSingleArray_isRead() throws Exception {
    assertRead(Files.write(folder.resolve("a.npy"), images()));
  }

  @Test
  void ofSeveral_oneHasToBeNamed() throws Exception {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", images());
    arrays.put("b", images());
    assertRefused(npz(arrays), "several arrays of images: a uint8 [150, 4, 5, 3], b uint8");
    arrays.put("arr_0", images());
    assertRead(npz(arrays));
  }

  @Test
  void otherArrays_areNamedWithShapeAndType() throws Exception {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("arr_0", array("'<f4'", "False", "6, 64, 64, 3"));
    arrays.put("mu", array("'>f8'", "False", "2048,"));
    arrays.put("grey", array("'|u1'", "False", "6, 64, 64"));
    arrays.put("turned", array("'|u1'", "True", "6, 64, 64, 3"));
    arrays.put("things", array("'|O'", "False", "2,"));
    assertRefused(
        npz(arrays),
        "has no uint8 [images, height, width, 3] in row-major order but arr_0 float32"
            + " [6, 64, 64, 3], mu float64 big-endian [2048], grey uint8 [6, 64, 64], turned uint8"
            + " [6, 64, 64, 3] in column-major order, things objects [2]");
    assertRefused(npz(Map.of()), "no array at all");
    assertRefused(
        npz(Map.of("arr_0", array("'|u1'", "False", "5, 0, 0, 3"))),
        "but arr_0 uint8 [5, 0, 0, 3]");
  }

  @Test
  void missingNumbers_areToldAsCutOff() throws Exception {
    byte[] whole = images();
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertRefused(Files.write(folder.resolve("a.npy"), cut), "is cut off");
    assertRefused(npz(Map.of("arr_0", cut)), "is cut off");
    byte[] zip = Files.readAllBytes(npz(Map.of("arr_0", whole)));
    Files.write(folder.resolve("a.npz"), Arrays.copyOf(zip, zip.length - 100));
    assertRefused(folder.resolve("a.npz"), "is not an .npz file, or damaged");
  }

  @Test
  void otherFiles_areRefused() throws Exception {
    assertRefused(
        Files.writeString(folder.resolve("a.txt"), "text"), "is not an .npz or .npy file");
    assertRefused(Files.write(folder.resolve("empty.npz"), new byte[0]), "is not an .npz or .npy");
  }

  /** A zip knows its checksums; without them zeros in the middle would be scored. */
  @Test
  void damagedNumbers_areToldAsDamage() throws Exception {
    byte[] array = images();
    CRC32 checksum = new CRC32();
    checksum.update(array);
    Path file = folder.resolve("stored.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry("arr_0.npy");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(array.length);
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      zip.write(array);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    try (ArrayImages images = ArrayImages.of(file)) {
      assertThatThrownBy(() -> images.forEach(image -> {}))
          .isInstanceOf(UsageException.class)
          .hasMessage(file + " is not an .npz file, or damaged: write it again");
    }
  }
}
