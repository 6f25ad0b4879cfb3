package dev.vernier.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.ManyWriters;
import dev.vernier.weights.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Those of a large model do not all fit into the heap. */
  @Test
  void values_areAskedForOneArrayAfterTheOther() throws IOException {
    List<String> asked = new ArrayList<>();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (String name : List.of("a", "b")) {
      arrays.put(
          name,
          new Tensor(
              new long[] {2},
              () -> {
                asked.add(name);
                return new float[] {1, asked.size()};
              }));
    }
    Path file = folder.resolve("file.safetensors");
    Safetensors.write(file, arrays, Map.of());
    assertThat(asked).containsExactly("a", "b");
    try (WeightFile read = WeightFile.open(file)) {
      assertThat(read.read("b")).containsExactly(1, 2);
    }
  }

  @Test
  void valuesThatDoNotFillTheirShape_leaveTheFileAsItWas() throws IOException {
    Path file = folder.resolve("file.safetensors");
    Safetensors.write(file, Map.of("a", new Tensor(new long[] {1}, new float[] {3})), Map.of());
    Map<String, Tensor> wrong = Map.of("a", new Tensor(new long[] {2}, new float[] {4}));
    assertThatThrownBy(() -> Safetensors.write(file, wrong, Map.of()))
        .hasMessage("a has 1 values, its shape has 2");
    try (WeightFile read = WeightFile.open(file)) {
      assertThat(read.read("a")).containsExactly(3);
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
