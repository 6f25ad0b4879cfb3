package dev.vernier.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of two arrays, {@code net.in} and {@code net.out}, in all sorts of files. */
class WrappedModelTest {
  @TempDir private Path folder;

  private static Safetensors.Tensor scalar(float value) {
    return new Safetensors.Tensor(new long[] {1}, new float[] {value});
  }

  private WeightFile file(String... names) throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, scalar(tensors.size()));
    }
    Path path = folder.resolve("file.safetensors");
    Safetensors.write(path, tensors, Map.of());
    return WeightFile.open(path);
  }

  private Optional<WrappedModel> find(WeightFile file) {
    return WrappedModel.find(folder.resolve("file"), file, "net.in", name -> !name.equals("spare"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "_orig_mod.",
        "model.",
        "first_stage_model.",
        "vq_model.",
        "ema_module.",
        "state_dict.model.",
        "model._orig_mod.module.",
        "checkpoint.0.anything.module."
      })
  void wrappers_areSeenThrough(String prefix) throws IOException {
    try (WeightFile file = file(prefix + "net.in", prefix + "net.out", "optimizer.step");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.names()).contains("net.in", "net.out");
      assertThat(model.read("net.in")).containsExactly(0);
      assertThat(model.read("net.out")).containsExactly(1);
      assertThat(model.choice()).isEmpty();
    }
  }

  @Test
  void wrappersWithinNames_areSeenThrough() throws IOException {
    try (WeightFile file = file("model.net._orig_mod.in", "model.net.module.out");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.names()).containsExactlyInAnyOrder("net.in", "net.out");
    }
  }

  @Test
  void namesThatBeginWithADot_areLeft() throws IOException {
    try (WeightFile file = file("net.in", ".adam.first");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.names()).containsExactlyInAnyOrder("net.in", ".adam.first");
    }
  }

  @Test
  void fileWithoutTheLandmark_holdsNone() throws IOException {
    try (WeightFile file = file("net.inner", "subnet.in")) {
      assertThat(find(file)).isEmpty();
    }
  }

  @Test
  void averages_comeBeforeTheModel_andThatIsSaid() throws IOException {
    try (WeightFile file = file("model.net.in", "ema.module.net.in");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.read("net.in")).containsExactly(1);
      assertThat(model.choice().orElseThrow())
          .isEqualTo(
              "the file holds 2 models, below 'model', below 'ema.module': the moving averages"
                  + " below 'ema.module' were taken");
    }
  }

  @Test
  void averagesOfAPartOfTheModel_arePassedOver() throws IOException {
    try (WeightFile file = file("ema.net.in", "model.net.in", "model.net.out");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.names()).containsExactlyInAnyOrder("net.in", "net.out");
    }
    try (WeightFile file = file("ema.net.in", "model.net.in", "model.spare");
        WrappedModel model = find(file).orElseThrow()) {
      assertThat(model.names()).containsExactly("net.in");
    }
  }

  @Test
  void severalModelsOfOneRank_areRefused() throws IOException {
    try (WeightFile file = file("a.net.in", "b.net.in")) {
      assertThatThrownBy(() -> find(file))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("holds 2 models, below 'a', below 'b': save the one");
    }
  }

  @Test
  void oneArrayTwice_isRefused() throws IOException {
    try (WeightFile file = file("net.in", "net.out", "net._orig_mod.out")) {
      assertThatThrownBy(() -> find(file))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("holds one array twice, as net.out and as net._orig_mod.out");
    }
  }

  @Test
  void manyNames_areShortened() {
    assertThat(FewNames.of(List.of("a", "b"))).isEqualTo("[a, b]");
    assertThat(FewNames.of(List.of("a", "b", "c", "d", "e", "f", "g")))
        .isEqualTo("[a, b, c, d, e] and 2 more");
    assertThat(FewNames.of(List.of("a\nb" + "x".repeat(1000))))
        .hasSizeLessThan(120)
        .startsWith("[a?b");
  }
}
