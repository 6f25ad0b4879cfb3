package dev.vernier.tests.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.data.ImageBatches;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.TrainingOptions;
import dev.vernier.harness.runs.Trunks;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import dev.vernier.tests.OwnCache;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The trunk of the quick scale on the synthetic dataset, which comes with the release. */
@Tag("numerics")
class ReleasedTrunkTest {
  private static final int SHORT = 20;

  @TempDir Path folder;
  private OwnCache cache;

  @BeforeEach
  void useOwnCache() {
    cache = OwnCache.in(folder);
  }

  @AfterEach
  void restoreCache() {
    cache.close();
  }

  @Test
  void quickTrunk_isReleased_andAheadOfOneThatIsTrainedForAShortTime() throws IOException {
    Plugins plugins = Plugins.discover(folder.resolve("plugins"));
    RunPlan plan = new RunPlan(Experiment.load("fig1"), "quick", Map.of(), plugins);
    List<CellPlan> cells = plan.cells(Map.of());
    List<String> reported = new ArrayList<>();
    RunChoice choice = RunChoice.of(plan.values(), plugins).training(cells, plugins);
    try (RunContext context =
        new RunContext(
            choice, plugins, (task, done, all, more) -> reported.add(task), data -> {})) {
      new Trunks(context, plugins)
          .prepare(
              cells,
              new TrainingOptions(new Interruption(), 60, false, Optional.empty()),
              (task, done, all, more) -> reported.add(task));
      assertThat(reported).as("nothing was trained").isEmpty();
      Path released = only(folder.resolve("trunks"));

      Trunk trunk = cells.get(0).trunk(plugins).orElseThrow();
      Path retrained = folder.resolve("short.safetensors");
      ImageBatches batches = new ImageBatches(context.dataset(), trunk.batchSize(), 1);
      double fresh;
      try (Trunk.InTraining training = trunk.create(training(context, trunk, Optional.empty()))) {
        fresh = step(training, batches, 0);
        for (int step = 1; step < SHORT; step++) {
          step(training, batches, step);
        }
        training.write(retrained);
      }
      assertThat(shapes(retrained)).isEqualTo(shapes(released));
      double little = lossOf(trunk, context, batches, retrained);
      assertThat(little).isLessThan(0.7 * fresh);
      assertThat(lossOf(trunk, context, batches, released)).isLessThan(0.2 * little);
    }
  }

  private static TrainingContext training(RunContext context, Trunk trunk, Optional<Path> from)
      throws IOException {
    return new TrainingContext(
        context.dataset(),
        trunk.batchSize(),
        trunk.steps(),
        1,
        Optional.of(context.trainingNet()),
        Optional.empty(),
        Map.of(),
        from,
        Path.of("."),
        false);
  }

  private static double lossOf(Trunk trunk, RunContext context, ImageBatches batches, Path file)
      throws IOException {
    try (Trunk.InTraining training = trunk.create(training(context, trunk, Optional.of(file)))) {
      return step(training, batches, SHORT);
    }
  }

  private static double step(Trunk.InTraining training, ImageBatches batches, int step) {
    try (INDArray images = batches.at(step)) {
      return training.step(images).values().iterator().next();
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static Map<String, List<Long>> shapes(Path file) throws IOException {
    Map<String, List<Long>> shapes = new TreeMap<>();
    try (WeightFile weights = WeightFile.open(file)) {
      for (String name : weights.names()) {
        List<Long> shape = new ArrayList<>();
        for (long each : weights.shape(name)) {
          shape.add(each);
        }
        shapes.put(name, shape);
      }
    }
    return shapes;
  }
}
