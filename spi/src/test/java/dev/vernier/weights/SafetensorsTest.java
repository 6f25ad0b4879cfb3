package dev.vernier.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.ManyWriters;
import dev.vernier.weights.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final int TIMES = 20;
  private static final int LENGTH = 10_000;

  @TempDir private Path folder;

  @Test
  void arrayOfSeveralBuffers_comesBackWhole() throws IOException {
    float[] values = new float[(1 << 21) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("large", new Tensor(new long[] {values.length}, values));
    arrays.put("none", new Tensor(new long[] {0, 4}, new float[0]));
    arrays.put("scalar", new Tensor(new long[0], new float[] {7}));
    Path file = folder.resolve("file.safetensors");
    Safetensors.write(file, arrays, Map.of());
    try (WeightFile read = WeightFile.open(file)) {
      assertThat(read.read("large")).isEqualTo(values);
      assertThat(read.read("none")).isEmpty();
      assertThat(read.read("scalar")).containsExactly(7);
    }
  }

  private static void writeOften(Path file, int value) throws IOException {
    float[] values = new float[LENGTH];
    Arrays.fill(values, value);
    for (int i = 0; i < TIMES; i++) {
      Safetensors.write(file, Map.of("a", new Tensor(new long[] {LENGTH}, values)), Map.of());
      try (WeightFile written = WeightFile.open(file)) {
        float[] read = written.read("a");
        assertThat(read).hasSize(LENGTH).containsOnly(read[0]);
      }
    }
  }

  @Test
  void file_writtenByManyAtOnce_isWholeAtEveryMoment() throws Exception {
    Path file = folder.resolve("kept.safetensors");
    ManyWriters.run(i -> writeOften(file, i));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
