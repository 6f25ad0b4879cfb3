package dev.vernier.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that PyTorch 2.13 wrote, each object in the format since version 1.6 and in the one before:
 * a module's state_dict, which carries metadata, with a transposed view, a view of a part, half
 * precision and a list beside it.
 */
class TorchFilesTest {
  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    try (InputStream in = TorchFilesTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"current.pth", "legacy.pth"})
  void arraysAreRead_whateverTheFormat(String name) throws IOException {
    try (WeightFile weights = WeightFile.open(file(name))) {
      assertThat(weights.names())
          .contains("state.0.weight", "state.1.running_var", "state.turned", "state.half")
          .doesNotContain("epoch");
      assertThat(weights.shape("state.0.weight")).containsExactly(3, 2, 1, 2);
      assertThat(weights.read("state.0.weight"))
          .containsExactly(0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f);
      assertThat(weights.shape("state.turned")).containsExactly(3, 2);
      assertThat(weights.read("state.turned")).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(weights.read("state.part")).containsExactly(3, 4, 5);
      assertThat(weights.read("state.half")).containsExactly(1.5f, -2);
    }
  }

  /**
   * Names a callback's class as a key, an object of a configuration, a path, a NumPy scalar and a
   * counter, under the module names of Lightning 1.0 and OmegaConf.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lightning.ckpt", "lightning-legacy.ckpt"})
  void weightsAreRead_besideATrainersObjects(String name) throws IOException {
    try (WeightFile weights = WeightFile.open(file(name))) {
      assertThat(weights.names()).contains("state_dict.weight");
      assertThat(weights.read("state_dict.weight"))
          .containsExactly(0, 0.25f, 0.5f, 0.75f, 1, 1.25f);
    }
  }

  @Test
  void cutOffLegacyFile_isToldAsDamaged() throws IOException {
    Path file = file("legacy.pth");
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {bytes.length - 1, bytes.length / 2, 20}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> WeightFile.open(file).close())
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("legacy.pth");
    }
  }

  /** A part of a large storage is read alone; what is itself too large is no damage. */
  @Test
  void tensor_isMeasuredByWhatItCovers() {
    long large = 1L << 40;
    TorchTensors tensors =
        new TorchTensors(
            Path.of("flat.pth"),
            Map.of(
                "part", tensor(large, large - 6, new long[] {2, 3}, new long[] {3, 1}),
                "whole", tensor(large, 0, new long[] {1L << 29}, new long[] {1})));
    assertThat(tensors.bytes("part")).isEqualTo(24);
    assertThatThrownBy(() -> tensors.bytes("whole"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("flat.pth: the values of whole reach over 2147483648 bytes");
  }

  private static TensorUnpickler.TensorReference tensor(
      long storage, long offset, long[] shape, long[] strides) {
    return new TensorUnpickler.TensorReference(
        NumberType.F32, "0", storage, offset, shape, strides);
  }
}
