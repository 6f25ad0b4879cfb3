package dev.vernier.harness.runs;

import dev.vernier.harness.data.ImageBatches;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trunks that cells begin from, kept by the hash of all that decides them: released with
 * Vernier, or trained once for a dataset.
 */
public final class Trunks {
  /** The same for every seed of the cells: a trunk is what they have in common. */
  private static final long SEED = 1;

  private static final int HASH_LENGTH = 16;
  private final RunContext context;
  private final Plugins plugins;
  private final Map<Kind, String> hashes = new HashMap<>();

  /** What tells trunks of one run apart. */
  private record Kind(String recipe, boolean perceptual) {}

  /** The trunks of a run; the context stays the caller's. */
  public Trunks(RunContext context, Plugins plugins) {
    this.context = context;
    this.plugins = plugins;
  }

  private Kind kind(Trunk trunk, CellPlan plan) {
    return new Kind(trunk.recipe(), plan.perceptual(plugins));
  }

  /**
   * Sees to it that the trunks of all cells are there.
   *
   * @param options how the training of one goes on that is not there, and that no other run trains
   * @throws Interruption.Interrupted when asked to stop; training continues from there next time
   */
  public void prepare(List<CellPlan> cells, TrainingOptions options, Progress progress)
      throws IOException {
    for (CellPlan cell : cells) {
      Optional<Trunk> trunk = cell.trunk(plugins);
      if (trunk.isPresent() && !hashes.containsKey(kind(trunk.get(), cell))) {
        Path file = file(trunk.get(), cell);
        if (!Files.exists(file)) {
          provide(trunk.get(), cell, file, options, progress);
        }
        refuseDamaged(trunk.get(), file);
        byte[] content = Files.readAllBytes(file);
        context.openedTrunk(file.getFileName().toString(), content);
        hashes.put(kind(trunk.get(), cell), shortened(new Sha256().add(content).hexadecimal()));
      }
    }
  }

  /**
   * The hash of the trunk of a cell that was prepared; empty where it begins from fresh weights.
   */
  Optional<String> hash(CellPlan plan) {
    return plan.trunk(plugins).map(trunk -> hashes.get(kind(trunk, plan)));
  }

  private static void refuseDamaged(Trunk trunk, Path file) throws IOException {
    try {
      trunk.check(file);
    } catch (UsageException e) {
      throw new UsageException(
          "the trunk " + file + " is damaged: delete it and run again, it is made anew", e);
    }
  }

  private void provide(
      Trunk trunk, CellPlan plan, Path file, TrainingOptions options, Progress progress)
      throws IOException {
    try (InputStream released = trunk.released(key(trunk, plan)).orElse(null)) {
      if (released == null) {
        train(trunk, plan, file, options, progress);
      } else {
        ResultFiles.writeWhole(file, released.readAllBytes());
      }
    }
  }

  @SuppressWarnings("try") // the lock is held, never used
  private void train(
      Trunk trunk, CellPlan plan, Path file, TrainingOptions options, Progress progress)
      throws IOException {
    RunFolder folder = new RunFolder(Path.of(file + ".training"));
    try (RunFolder.Lock lock =
        folder.lock(
            owner -> progress.update("waits for the trunk that " + owner + " trains", 0, 0, ""),
            options.interruption()::stopIfRequested)) {
      // Another run may have trained it in the meantime.
      if (!Files.exists(file)) {
        train(trunk, plan, file, new TrainingLoop(options, progress), folder.path());
      }
      TrainingState.delete(folder.path());
    }
  }

  private void train(Trunk trunk, CellPlan plan, Path file, TrainingLoop loop, Path folder)
      throws IOException {
    CellTraining.putOtherCodeAside(folder, context.codeHash(plan));
    try (Trunk.InTraining open = trunk.create(context.trunkTraining(plan, trunk, SEED))) {
      ImageBatches batches = new ImageBatches(context.dataset(), trunk.batchSize(), SEED);
      String name = "the trunk of all cells (once, then kept)";
      loop.run(Steps.onImages(open, batches), trunk.steps(), name, folder);
      open.write(file);
    }
  }

  /**
   * The trunk of a cell that has been prepared.
   *
   * @throws UsageException if it is not there any more, or another
   */
  Optional<Path> of(CellPlan plan) throws IOException {
    Optional<Trunk> trunk = plan.trunk(plugins);
    if (trunk.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(trunk.get(), plan);
    String expected = plan.training().get(CellPlan.TRUNK);
    if (!Files.exists(file) || !shortened(Sha256.ofFile(file)).equals(expected)) {
      throw new UsageException(
          "the trunk "
              + file
              + " is not the one that the run began with, "
              + expected
              + ": delete it and run again");
    }
    return Optional.of(file);
  }

  private static String shortened(String hash) {
    return hash.substring(0, HASH_LENGTH);
  }

  private Path file(Trunk trunk, CellPlan plan) throws IOException {
    String rounding = new ContentHash().add(Backend.description()).hexadecimal().substring(0, 4);
    String name = "trunk-" + key(trunk, plan) + "-" + rounding + ".safetensors";
    return context.trunk(name);
  }

  private String key(Trunk trunk, CellPlan plan) throws IOException {
    return new ContentHash()
        .add(context.dataset().spec().hash())
        .add(trunk.recipe())
        .add(plan.perceptual(plugins) ? context.perceptualIdentity() : "none")
        .hexadecimal()
        .substring(0, HASH_LENGTH);
  }
}
