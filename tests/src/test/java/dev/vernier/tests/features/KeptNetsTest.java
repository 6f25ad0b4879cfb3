package dev.vernier.tests.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.runs.TrainingOptions;
import dev.vernier.harness.runs.Trunks;
import dev.vernier.spi.Sha256;
import dev.vernier.tests.OwnCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nets and trunks that a run keeps: those that it opened, whatever becomes of the cache. */
class KeptNetsTest {

  @TempDir Path folder;
  private OwnCache cache;

  @BeforeEach
  void useOwnCache() {
    cache = OwnCache.in(folder.resolve("cache"));
  }

  @AfterEach
  void restoreCache() {
    cache.close();
  }

  /** Hashes of all files below the folders, by name. */
  private Map<String, String> hashes(String... folders) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String each : folders) {
      for (Path file : files(each)) {
        hashes.put(file.getFileName().toString(), Sha256.ofFile(file));
      }
    }
    return hashes;
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void netsThatAreReplacedOrDeletedInTheCache_areKeptAsTheyWereOpened() throws IOException {
    Plugins plugins = Plugins.discover(folder.resolve("plugins"));
    RunPlan plan = new RunPlan(Experiment.load("fig1"), "quick", Map.of(), plugins);
    List<CellPlan> cells = plan.cells(Map.of());
    RunFolder run = new RunFolder(folder.resolve("run"));
    RunChoice choice = RunChoice.of(plan.values(), plugins).in(run).training(cells, plugins);
    try (RunContext context = new RunContext(choice, plugins, Progress.NONE, data -> {})) {
      new Trunks(context, plugins)
          .prepare(
              cells,
              new TrainingOptions(new Interruption(), 60, false, Optional.empty()),
              Progress.NONE);
      Map<String, String> opened = hashes("cache/features", "cache/trunks");
      assertThat(opened).hasSize(3).containsValue(context.scorer().spec().hash());
      for (Path net : files("cache/features")) {
        Files.writeString(net, "of another run, which began at the same time");
      }
      for (Path trunk : files("cache/trunks")) {
        Files.delete(trunk);
      }
      context.keepNets(run);
      assertThat(hashes("run/nets")).isEqualTo(opened);
    }
  }
}
