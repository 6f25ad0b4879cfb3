package dev.vernier.spi.support.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir private Path folder;

  @Test
  void arrayOfSeveralBuffers_comesBackWhole() throws IOException {
    float[] values = new float[(1 << 21) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Map<String, Safetensors.Tensor> arrays = new LinkedHashMap<>();
    arrays.put("large", new Safetensors.Tensor(new long[] {values.length}, values));
    arrays.put("none", new Safetensors.Tensor(new long[] {0, 4}, new float[0]));
    arrays.put("scalar", new Safetensors.Tensor(new long[0], new float[] {7}));
    Path file = folder.resolve("file.safetensors");
    Safetensors.write(file, arrays, Map.of());
    try (WeightFile read = WeightFile.open(file)) {
      assertThat(read.read("large")).isEqualTo(values);
      assertThat(read.read("none")).isEmpty();
      assertThat(read.read("scalar")).containsExactly(7);
    }
  }
}
