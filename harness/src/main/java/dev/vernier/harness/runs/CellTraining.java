package dev.vernier.harness.runs;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.data.ImageBatches;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.results.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains the tokenizer of a cell, from its last checkpoint where there is one. */
public final class CellTraining {
  private final RunContext context;
  private final Plugins plugins;
  private final Interruption interruption;
  private final int checkpointSeconds;
  private final boolean profile;

  /** A trainer for cells of a run. */
  public CellTraining(
      RunContext context,
      Plugins plugins,
      Interruption interruption,
      int checkpointSeconds,
      boolean profile) {
    this.context = context;
    this.plugins = plugins;
    this.interruption = interruption;
    this.checkpointSeconds = checkpointSeconds;
    this.profile = profile;
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
    TokenizerProvider provider = plugins.tokenizer(plan.tokenizer());
    Settings settings = Settings.of(provider.settings(), plan.settings());
    boolean perceptual = plan.perceptual();
    TrainingContext training =
        new TrainingContext(
            context.dataset(),
            batchSize,
            steps,
            plan.seed(),
            perceptual ? net() : Optional.empty(),
            perceptual ? context.trainingDistance() : Optional.empty(),
            context.teachers(plan.pupils(plugins)),
            CacheFolder.path(),
            profile);
    try (TrainableTokenizer tokenizer = provider.create(settings, training)) {
      ImageBatches batches = new ImageBatches(context.dataset(), batchSize, plan.seed());
      TrainingState.Position end =
          new Loop(tokenizer, batches, plan, folder, steps, progress).run();
      return new Outcome(
          tokenizer.tokenizer(),
          new Phase("train", end.seconds(), end.step() * batchSize),
          notes(training.distance()));
    }
  }

  /** The net of the perceptual loss, where no distance takes its place. */
  private Optional<FeatureExtractor> net() throws IOException {
    return context.trainingDistance().isPresent()
        ? Optional.empty()
        : Optional.of(context.trainingNet());
  }

  private List<String> notes(Optional<PerceptualDistance> trained) {
    Optional<String> hash = trained.map(PerceptualDistance::hash);
    return hash.isPresent() && hash.equals(context.distance().map(PerceptualDistance::hash))
        ? List.of("LPIPS was trained on: the perceptual loss is the distance that is reported")
        : List.of();
  }

  /** The steps of one training. */
  private final class Loop {
    private final TrainableTokenizer tokenizer;
    private final ImageBatches batches;
    private final String task;
    private final Path folder;
    private final long steps;
    private final Progress progress;
    private final TrainingState state;

    private Loop(
        TrainableTokenizer tokenizer,
        ImageBatches batches,
        CellPlan plan,
        Path folder,
        long steps,
        Progress progress) {
      this.tokenizer = tokenizer;
      this.batches = batches;
      this.task =
          "train " + plan.method() + " " + tokenizer.spec().totalCodes() + ", seed " + plan.seed();
      this.folder = folder;
      this.steps = steps;
      this.progress = progress;
      this.state = new TrainingState(state(folder));
    }

    /** Goes on to the last step, or to the one after which nothing would change; where it ended. */
    private TrainingState.Position run() throws IOException {
      TrainingState.Position start = state.restore(tokenizer);
      interruption.checkpoint(start.step() > 0);
      long began = System.nanoTime();
      long saved = began;
      long step = start.step();
      try (LossLog log = new LossLog(folder.resolve("log.jsonl"), start.step())) {
        while (step < steps && !tokenizer.finished()) {
          Map<String, Double> losses = step(step);
          log.write(++step, losses);
          double loss = losses.values().iterator().next();
          long last = tokenizer.finished() ? step : steps;
          progress.update(task, step, last, String.format(Locale.ROOT, "loss %.4f", loss));
          boolean stop = interruption.requested();
          if (stop || System.nanoTime() - saved > checkpointSeconds * 1_000_000_000L) {
            log.flush();
            double seconds = start.seconds() + (System.nanoTime() - began) / 1e9;
            state.save(tokenizer, new TrainingState.Position(step, seconds));
            interruption.checkpoint(true);
            saved = System.nanoTime();
          }
          if (stop) {
            throw new Interruption.Interrupted();
          }
        }
      }
      return new TrainingState.Position(step, start.seconds() + (System.nanoTime() - began) / 1e9);
    }

    private Map<String, Double> step(long step) {
      try (INDArray images = batches.at(step)) {
        return tokenizer.step(images);
      }
    }
  }

  /** Where a cell, given by its folder, keeps what comes of its training. */
  static Path state(Path cell) {
    return cell.resolve("state");
  }

  /** Forgets the checkpoints of a cell that has its result. */
  static void clear(Path folder) throws IOException {
    new TrainingState(state(folder)).clear();
  }
}
