package dev.vernier.harness.runs;

import dev.vernier.harness.data.ImageBatches;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains the tokenizer of a cell, from its last checkpoint where there is one. */
public final class CellTraining {
  private static final String ASIDE = "state-of-";
  private static final int NAMED = 12;

  private final RunContext context;
  private final Plugins plugins;
  private final Trunks trunks;
  private final TrainingOptions options;

  /** A trainer for cells of a run. */
  CellTraining(RunContext context, Plugins plugins, TrainingOptions options) {
    this.context = context;
    this.plugins = plugins;
    this.trunks = new Trunks(context, plugins);
    this.options = options;
  }

  /**
   * What came of a training.
   *
   * @param tokenizer the caller closes it
   * @param phase how long it took
   * @param notes lines for the reader of the result
   */
  public record Outcome(Tokenizer tokenizer, Phase phase, List<String> notes) {}

  /**
   * Trains to the end.
   *
   * @param folder the cell's folder
   * @throws Interruption.Interrupted when asked to stop; the state has been saved
   */
  public Outcome train(CellPlan plan, Path folder, Progress progress) throws IOException {
    long steps = Long.parseLong(plan.training().get(RunOptions.STEPS.name()));
    int batchSize = Integer.parseInt(plan.training().get(RunOptions.BATCH_SIZE.name()));
    TrainingContext training =
        context.training(plan, batchSize, steps, trunks.of(plan), options.profile());
    try (TrainableTokenizer tokenizer =
        plan.provider(plugins).create(plan.settings(plugins), training)) {
      ImageBatches batches = new ImageBatches(context.dataset(), batchSize, plan.seed());
      String name = plan.method() + " " + tokenizer.spec().totalCodes() + ", seed " + plan.seed();
      TrainingState.Position end =
          new TrainingLoop(options, progress)
              .run(Steps.onImages(tokenizer, batches), steps, name, folder);
      return new Outcome(
          tokenizer.tokenizer(),
          new Phase("train", end.seconds(), end.step() * batchSize),
          notes(plan, training.distance()));
    }
  }

  private List<String> notes(CellPlan plan, Optional<PerceptualDistance> trained)
      throws IOException {
    List<String> notes = new ArrayList<>();
    Optional<String> hash = trained.map(PerceptualDistance::hash);
    if (hash.isPresent() && hash.equals(context.distance().map(PerceptualDistance::hash))) {
      notes.add("LPIPS was trained on: the perceptual loss is the distance that is reported");
    }
    context.taughtBy(plan).forEach((use, net) -> notes.add("learned from (" + use + "): " + net));
    if (!notes.isEmpty()) {
      notes.add("scored by: " + context.scoredBy());
    }
    return notes;
  }

  /** Where a cell, given by its folder, keeps what comes of its training. */
  static Path state(Path cell) {
    return TrainingLoop.statePath(cell);
  }

  /**
   * Notes the code that does the work of a cell, and puts aside what another began: no result is to
   * be half of each.
   *
   * @param hash of the code
   */
  static void putOtherCodeAside(Path cell, String hash) throws IOException {
    Path file = state(cell).resolve("code.sha256");
    String before = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
    if (!before.equals(hash)) {
      putAside(cell, before.isEmpty() ? "unknown" : before.substring(0, NAMED));
      ResultFiles.writeWhole(file, hash.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Puts aside what came of a cell's training so far, beside its new state, until the cell has its
   * result: who goes back to what it was begun with can put it back.
   *
   * @param of what tells it from others
   */
  static void putAside(Path cell, String of) throws IOException {
    // Whatever else lies in its place is not ours to move.
    if (Files.isDirectory(state(cell))) {
      Path aside = cell.resolve(ASIDE + of);
      TrainingState.delete(aside);
      Files.move(state(cell), aside, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Notes what the work of a cell begins from, or compares it with what it began from.
   *
   * @param input what is noted
   * @param hash of it
   * @param difference what is wrong where it is another than before
   * @throws UsageException if it is
   */
  static void refuseOthers(Path cell, String input, String hash, String difference)
      throws IOException {
    Path file = state(cell).resolve(input + ".sha256");
    if (Files.exists(file) && !Files.readString(file, StandardCharsets.US_ASCII).equals(hash)) {
      throw new UsageException(
          difference + ": delete " + state(cell) + " and run again with --resume");
    }
    ResultFiles.writeWhole(file, hash.getBytes(StandardCharsets.US_ASCII));
  }

  /** Forgets the checkpoints of a cell that has its result, and what was put aside. */
  public static void clear(Path cell) throws IOException {
    TrainingLoop.state(cell).clear();
    try (DirectoryStream<Path> asides = Files.newDirectoryStream(cell, ASIDE + "*")) {
      for (Path aside : asides) {
        TrainingState.delete(aside);
      }
    }
  }
}
