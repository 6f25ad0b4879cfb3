package dev.vernier.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight files that are cut off, nonsense or malicious get one line, and run nothing. */
class DamagedFilesTest {
  @TempDir Path folder;

  private Path good() throws IOException {
    Path file = folder.resolve("good.safetensors");
    Map<String, Safetensors.Tensor> tensors =
        Map.of("a", new Safetensors.Tensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}));
    Safetensors.write(file, tensors, Map.of("step", "7"));
    return file;
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("bad.safetensors"), content);
  }

  private static void assertRefused(Path file) {
    assertThatThrownBy(
            () -> {
              try (WeightFile weights = WeightFile.open(file)) {
                for (String name : weights.names()) {
                  weights.read(name);
                }
              }
            })
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(file.getFileName().toString())
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  @Test
  void writtenFile_isReadBack() throws IOException {
    try (WeightFile weights = WeightFile.open(good())) {
      assertThat(weights.names()).containsExactly("a");
      assertThat(weights.shape("a")).containsExactly(2, 3);
      assertThat(weights.read("a")).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(weights.metadata()).containsEntry("step", "7");
      assertThatThrownBy(() -> weights.read("b"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("no array b");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 20})
  void cutOffAtTheStart_isRefused(int length) throws IOException {
    assertRefused(file(Arrays.copyOf(Files.readAllBytes(good()), length)));
  }

  @Test
  void cutOffAtTheEnd_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(good());
    assertRefused(file(Arrays.copyOf(whole, whole.length - 4)));
  }

  @Test
  void wrongEndianOrHugeHeader_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(good());
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(0, Long.reverseBytes(buffer.getLong(0)));
    assertRefused(file(bytes));
    buffer.putLong(0, 1L << 40);
    assertRefused(file(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,999]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"X7\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}"
      })
  void nonsenseHeader_isRefused(String header) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    assertRefused(file(bytes.array()));
  }

  @Test
  void pickleThatNamesACommand_isRefusedAndNotRun() throws IOException {
    Path touched = folder.resolve("touched");
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    String call = "cos\nsystem\n(S'touch " + touched + "'\ntR.";
    pickle.writeBytes(call.getBytes(StandardCharsets.US_ASCII));
    Path file = folder.resolve("evil.pth");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(pickle.toByteArray());
    }
    assertRefused(file);
    assertThat(touched).doesNotExist();
  }

  /** What the library of pickles runs into differs with the damage. */
  @ParameterizedTest
  @ValueSource(strings = {"Iabc\n.", "Fx\n.", "(", ".", "}(", "U", "]s.", "\u0000"})
  void damagedPickle_isToldAsDamaged(String pickle) throws IOException {
    byte[] bytes = ("\u0080\u0002" + pickle).getBytes(StandardCharsets.ISO_8859_1);
    Path file = folder.resolve("damaged.pth");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(bytes);
    }
    assertDamaged(file);
    assertDamaged(Files.write(file, bytes));
  }

  private static void assertDamaged(Path file) {
    assertThatThrownBy(() -> WeightFile.open(file).close())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + " is a damaged PyTorch file (")
        .hasMessageEndingWith("): download it again")
        .hasMessageNotContaining("(null)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello\n", "not a file of weights"})
  void otherFile_isToldAsNeitherFormat(String content) throws IOException {
    Path file = file(content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WeightFile.open(file).close())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is neither a safetensors nor a PyTorch file");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void arrayThatIsNotFinite_isRefusedWithItsNameAndCount(float value) throws IOException {
    Path file = folder.resolve("spoilt.safetensors");
    Safetensors.write(
        file,
        Map.of("a.weight", new Safetensors.Tensor(new long[] {3}, new float[] {value, 1, value})),
        Map.of());
    try (WeightFile weights = WeightFile.open(file)) {
      assertThatThrownBy(() -> weights.read("a.weight"))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              file
                  + ": 2 of the 3 values of a.weight are NaN or infinite: download the file again, or"
                  + " train again");
    }
  }

  @Test
  void zipWithoutPickle_isRefused() throws IOException {
    Path file = folder.resolve("other.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    assertRefused(file);
  }

  /** A model in 8-bit floats may lie beside the one that is asked for. */
  @Test
  void arrayOfAnUnknownType_isRefusedOnceItIsRead_andNoOther() throws IOException {
    String header =
        """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
        "b":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[8,11]}}""";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 11).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).putFloat(1.5f).putFloat(-2);
    Path file = file(bytes.array());
    try (WeightFile weights = WeightFile.open(file)) {
      assertThat(weights.read("a")).containsExactly(1.5f, -2);
      assertThatThrownBy(() -> weights.read("b"))
          .isInstanceOf(UsageException.class)
          .hasMessage(file + ": the type of b, 'F8_E4M3', is not read: convert it to F32 or F16");
    }
  }
}
