package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.plugins.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingNetUseTest {
  @TempDir Path folder;

  private TrainingNetUse use(String tokenizer, boolean distance, Map<String, String> given)
      throws IOException {
    Plugins plugins = Plugins.discover(folder);
    Experiment experiment = Experiment.single("x", tokenizer, Map.of());
    RunPlan plan = new RunPlan(experiment, Experiment.SINGLE, given, plugins);
    TeacherChoice teachers = TeacherChoice.of(plan.values(), plugins);
    return TrainingNetUse.of(plan.cells(Map.of()), distance, teachers, plugins);
  }

  private TrainingNetUse withoutLoss(String tokenizer, Map<String, String> given)
      throws IOException {
    Map<String, String> all = new HashMap<>(given);
    all.put("perceptual-weight", "0");
    return use(tokenizer, false, all);
  }

  @Test
  void loss_looksThroughTheNet_unlessADistanceOrAWeightOfNothingIsGiven() throws IOException {
    assertThat(use("vqgan", false, Map.of())).isEqualTo(new TrainingNetUse(true, false));
    assertThat(use("vqgan", true, Map.of())).isEqualTo(TrainingNetUse.NONE);
    assertThat(withoutLoss("vqgan", Map.of())).isEqualTo(TrainingNetUse.NONE);
  }

  @Test
  void net_teachesWhatLearnsAnyhow_unlessTheUserGivesATeacher() throws IOException {
    TrainingNetUse teaches = new TrainingNetUse(false, true);
    assertThat(withoutLoss("vq-lc", Map.of())).isEqualTo(teaches);
    assertThat(withoutLoss("vq-lc", Map.of("codebook", "random-frozen")))
        .isEqualTo(TrainingNetUse.NONE);
    assertThat(withoutLoss("vq-lc", Map.of("teacher", "any.onnx"))).isEqualTo(TrainingNetUse.NONE);
  }

  @Test
  void net_teachesWhatHasNoTeacherOfItsOwn() throws IOException {
    Map<String, String> given = Map.of("representation-weight", "0.5");
    assertThat(withoutLoss("fqgan-dual", Map.of())).isEqualTo(TrainingNetUse.NONE);
    assertThat(withoutLoss("fqgan-dual", given).teacher()).isTrue();
    Map<String, String> other = new HashMap<>(given);
    other.put("teacher.visual", "any.onnx");
    assertThat(withoutLoss("fqgan-dual", other).teacher()).isTrue();
    other.put("teacher.semantic", "any.onnx");
    assertThat(withoutLoss("fqgan-dual", other).teacher()).isFalse();
  }
}
