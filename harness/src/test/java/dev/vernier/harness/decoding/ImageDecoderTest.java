package dev.vernier.harness.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what Pillow made of the same files; {@code make_pictures.py} beside them wrote both. */
class ImageDecoderTest {
  private static final Path PICTURES = Path.of("src/test/resources/pictures");

  /** What is said of every file that is not read. */
  private static final Map<String, String> REFUSALS =
      Map.ofEntries(
          Map.entry("truncated-half.jpg", "truncated JPEG"),
          Map.entry("truncated-no-end.jpg", "truncated JPEG"),
          Map.entry("truncated-last-bytes.jpg", "truncated JPEG"),
          Map.entry("truncated-progressive.jpg", "truncated JPEG"),
          Map.entry("truncated-with-end.jpg", "damaged JPEG: a scan that ends before its last"),
          Map.entry("lacking-a-scan.jpg", "damaged JPEG: scans are missing"),
          Map.entry("arithmetic.jpg", "JPEG with arithmetic codes, which is not read"),
          Map.entry("lossless.jpg", "JPEG without loss, which is not read"),
          Map.entry("12-bits.jpg", "JPEG of 12 bits, which is not read"),
          Map.entry("two-components.jpg", "JPEG of 2 components, which is not read"),
          Map.entry("factors-of-2-and-3.jpg", "JPEG with sampling factors of 2 and 3"),
          Map.entry("truncated-half.png", "truncated PNG"),
          Map.entry("truncated-no-end.png", "truncated PNG"),
          Map.entry("wrong-checksum.png", "damaged PNG: a wrong checksum"),
          Map.entry("empty.png", "an empty file"),
          Map.entry("page.png", "page of text"),
          Map.entry("zeros.png", "not an image of a known format"),
          Map.entry("too-large.png", "60000 x 60000, more than 178956970 pixels"),
          Map.entry("truncated-lossless.webp", "truncated WebP"),
          Map.entry("truncated-lossy.webp", "truncated WebP"),
          Map.entry("truncated-last-byte-lossless.webp", "truncated WebP"),
          Map.entry("truncated-last-byte-lossy.webp", "truncated WebP"),
          Map.entry("lossy-ends-early.webp", "damaged WebP: fewer pixels than it announces"),
          Map.entry("frame-in-frame.webp", "damaged WebP: a frame within a frame"),
          Map.entry("truncated-half.gif", "truncated GIF"),
          Map.entry("truncated-no-end.gif", "truncated GIF"),
          Map.entry("truncated-half.bmp", "truncated BMP"),
          Map.entry("truncated-last-byte.bmp", "truncated BMP"),
          Map.entry("run-lengths-empty-row.bmp", "BMP of run lengths with an empty row, which is"),
          Map.entry("run-lengths-odd.bmp", "BMP of run lengths with an odd number of pixels"),
          Map.entry("run-lengths-end.bmp", "damaged BMP: fewer pixels than it announces"),
          Map.entry("first-greys-4.bmp", "BMP of 4 bits with a palette of the first 16 greys"),
          Map.entry("unusual-masks.bmp", "BMP of masks as unusual as f00, which is not read"),
          Map.entry("compression-4.bmp", "BMP of compression 4 with 8 bits, which is not read"),
          Map.entry("truncated.ppm", "truncated PNM"),
          Map.entry("truncated.pgm", "truncated PNM"),
          Map.entry("too-large-a-value.pgm", "damaged PNM: a value of 101, more than 100"),
          Map.entry("no-numbers.pgm", "damaged PNM: no number where one has to be"),
          Map.entry("floats.pfm", "PFM, which is not read"),
          Map.entry("grey-of-4-samples.tif", "TIFF of photometric interpretation 1 with 4 samples"),
          Map.entry("a-plane-of-white-is-zero.tif", "TIFF of 1 planes of 8 bits, which is not"),
          Map.entry("float32.tif", "TIFF of floating-point numbers of 32 bits, which is not read"),
          Map.entry("int32.tif", "TIFF of signed integers of 32 bits, which is not read"),
          Map.entry("facsimile.tif", "TIFF of a facsimile (CCITT), which is not read"),
          Map.entry("facsimile-3.tif", "TIFF of a facsimile (CCITT), which is not read"),
          Map.entry("lzma.tif", "TIFF of compression by LZMA, which is not read"),
          Map.entry("zstd.tif", "TIFF of compression by Zstandard, which is not read"),
          Map.entry("lab.tif", "TIFF of L*a*b* colours, which is not read"),
          Map.entry("large-truncated.tif", "truncated TIFF"),
          Map.entry("large-big-endian.tif", "big-endian BigTIFF, which is not read"),
          Map.entry("truncated-half.tif", "truncated TIFF"),
          Map.entry("truncated-last-byte.tif", "truncated TIFF"),
          Map.entry("foreign.jp2", "JPEG 2000, which is not read"),
          Map.entry("foreign.ico", "Windows icon, which is not read"),
          Map.entry("foreign.avif", "AVIF, which is not read"));

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(PICTURES.resolve(folder))) {
      return files.sorted().toList();
    }
  }

  static List<Path> read() throws IOException {
    return files("read");
  }

  static List<Path> refused() throws IOException {
    return files("refused");
  }

  @Test
  void everyPicture_hasThePixelsThatPillowGivesIt() throws Exception {
    Map<String, NumpyArray> expected = NumpyArray.readAll(PICTURES.resolve("read.npz"));
    assertThat(expected).hasSize(read().size());
    for (Path file : read()) {
      NumpyArray pixels = expected.get(file.getFileName().toString());
      RgbImage image = ImageDecoder.decode(Files.readAllBytes(file));
      RgbImage wanted = RgbImage.interleaved(pixels.shape()[1], pixels.shape()[0], pixels.data());
      assertThat(image.width()).as("width of %s", file).isEqualTo(wanted.width());
      assertThat(image.rgb()).as("pixels of %s", file).isEqualTo(wanted.rgb());
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotRead_isRefusedByName(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    assertThatThrownBy(() -> ImageDecoder.decode(bytes))
        .isInstanceOf(UnusableImageException.class)
        .hasMessageContaining(REFUSALS.get(file.getFileName().toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline-420-17x33.jpg",
        "progressive-444-17x33.jpg",
        "rgb-8.png",
        "palette-4-interlaced.png",
        "lossless-33x18.webp",
        "lossy-60-33x18.webp",
        "colours-256.gif",
        "animation.gif",
        "bits-8.bmp",
        "most-1000-6.ppm",
        "rgb-8-little.tif",
        "large-rgb.tif",
        "packed-tiff_lzw.tif",
        "packed-jpeg.tif"
      })
  void aTruncatedFile_isRefusedWhereverItEnds(String name) throws Exception {
    byte[] whole = Files.readAllBytes(PICTURES.resolve("read").resolve(name));
    ImageDecoder.decode(whole);
    for (int length = 0; length < whole.length; length += length < whole.length - 40 ? 7 : 1) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageDecoder.decode(cut))
          .as("%s of %d bytes", name, length)
          .isInstanceOf(UnusableImageException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("read")
  void aDamagedFile_isReadOrRefused(Path file) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(file.getFileName().toString().hashCode());
    for (int i = 0; i < 30; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        ImageDecoder.decode(damaged);
      } catch (UnusableImageException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
