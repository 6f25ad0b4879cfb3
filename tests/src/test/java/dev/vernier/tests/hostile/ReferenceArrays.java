package dev.vernier.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Short readers of arrays, to which the real ones are compared where they accept a file. */
final class ReferenceArrays {
  private ReferenceArrays() {}

  /** The numbers of a {@code .npy} file: its last bytes, of the type that its header names. */
  static double[] npy(byte[] file) {
    boolean first = file[6] == 1;
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = first ? 10 + (buffer.getShort(8) & 0xffff) : 12 + buffer.getInt(8);
    String header = new String(file, 0, start, StandardCharsets.ISO_8859_1);
    boolean bytes = header.contains("'|u1'");
    int width = bytes ? 1 : header.contains("8'") ? 8 : 4;
    double[] numbers = new double[(file.length - start) / width];
    for (int i = 0; i < numbers.length; i++) {
      int at = start + i * width;
      if (bytes) {
        numbers[i] = file[at] & 0xff;
      } else if (header.contains("'<f")) {
        numbers[i] = width == 4 ? buffer.getFloat(at) : buffer.getDouble(at);
      } else {
        numbers[i] = width == 4 ? buffer.getInt(at) : buffer.getLong(at);
      }
    }
    return numbers;
  }

  /** Compares the numbers of 32 bits in a file. */
  static void compareSafetensors(Path path) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) file.getLong(0);
    JsonNode header =
        new ObjectMapper().readTree(new String(file.array(), 8, length, StandardCharsets.UTF_8));
    try (WeightFile weights = WeightFile.open(path)) {
      for (String name : weights.names()) {
        if (header.path(name).path("dtype").asText().equals("F32")) {
          int from = 8 + length + header.path(name).path("data_offsets").path(0).asInt();
          float[] read = weights.read(name);
          for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).isEqualTo(file.getFloat(from + 4 * i));
          }
        }
      }
    }
  }
}
