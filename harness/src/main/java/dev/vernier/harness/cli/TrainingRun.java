package dev.vernier.harness.cli;

import dev.vernier.harness.cluster.CellWork;
import dev.vernier.harness.cluster.Cluster;
import dev.vernier.harness.cluster.ThisMachine;
import dev.vernier.harness.evaluation.LikelihoodEvaluator;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.runs.CellExecutor;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.GivenCells;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.runs.TrainingOptions;
import dev.vernier.harness.runs.Trunks;
import dev.vernier.records.Given;
import dev.vernier.records.Run;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What {@code run} and {@code train} have in common: a plan, a folder, and cells to train. */
final class TrainingRun {
  private static final String SIZE = Scope.DATA.key(DatasetProvider.IMAGE_SIZE);
  private final Plugins plugins;
  private final GivenCells given;
  private final Path pluginFolder;
  private final Progress progress;
  private final Interruption interruption;
  private final String command;

  TrainingRun(Plugins plugins, Path pluginFolder, Progress progress, Vernier vernier) {
    this.plugins = plugins;
    this.given = new GivenCells(plugins);
    this.pluginFolder = pluginFolder;
    this.progress = progress;
    this.interruption = vernier.interruption();
    this.command = vernier.command();
  }

  /** Connects to where cells run, under the name of an experiment. */
  @FunctionalInterface
  interface Connection {
    Cluster open(String experiment) throws IOException;
  }

  /**
   * Runs what is not done yet.
   *
   * @param connection to where its cells run
   * @throws UsageException when asked to stop; the message says how the run goes on
   */
  Run run(RunPlan plan, Path out, boolean resume, Connection connection, WatchOptions watch)
      throws IOException {
    RunFolder folder = new RunFolder(out);
    try {
      return run(plan, folder, folder, resume, connection, watch, own -> List.of(own));
    } catch (Interruption.Interrupted e) {
      throw new UsageException(
          "interrupted; to continue, repeat the command with --out " + out + " --resume", e);
    }
  }

  /**
   * Measures what is given and has not been yet, beside what others have measured.
   *
   * @param out {@linkplain RunFolder#requireUnfinished unfinished}, where there is a run
   * @param nets the run whose nets score, where it keeps any
   * @param pooled the runs of the report, in their order, of which the new one is one
   * @throws UsageException when asked to stop; the message says how it goes on
   */
  Run measure(RunPlan plan, Path out, RunFolder nets, UnaryOperator<List<Run>> pooled)
      throws IOException {
    String command = "repeat the command with --out " + out;
    interruption.leaves("what was measured is kept; to continue, " + command);
    try {
      return run(
          plan,
          new RunFolder(out),
          nets,
          true,
          name -> ThisMachine.IN_PROCESS,
          new WatchOptions(),
          own -> pooled.apply(List.of(own)));
    } catch (Interruption.Interrupted e) {
      throw new UsageException("interrupted; to continue, " + command, e);
    }
  }

  @SuppressWarnings("try") // the lock is held, never used
  private Run run(
      RunPlan plan,
      RunFolder folder,
      RunFolder nets,
      boolean resume,
      Connection connection,
      WatchOptions watch,
      Function<Run, List<Run>> pooled)
      throws IOException {
    Path out = folder.path();
    // Wrong settings are refused here, before data and nets take their time.
    RunChoice choice = choice(plan).in(nets);
    List<CellPlan> cells = plan.cells(Map.of());
    RunChoice training = training(plan, choice, cells);
    Backend.load();
    folder.refuseOthers();
    watch.refuseFile();
    if (folder.begun() && !resume) {
      throw new UsageException(
          out + " holds a run already: add --resume to go on with it, or choose another --out");
    }
    MeasureOptions measured = MeasureOptions.of(plan.values());
    Map<CellPlan, TokenizerSpec> loaded = loaded(plan, cells);
    Consumer<ImageDataset> admission =
        dataset -> {
          if (!cells.stream().allMatch(CellPlan::untrained)) {
            requireTrainingImages(dataset);
          }
          ReferenceImages images = new ReferenceImages(dataset, measured.images());
          PublishedProtocol.requireSquares(choice.protocols(), dataset.spec().imageSize());
          cells.forEach(
              cell -> at(plan, cell, () -> cell.check(plugins, dataset.spec().imageSize())));
          loaded.forEach((cell, spec) -> at(plan, cell, () -> requireSize(cell, spec, images)));
          loaded.forEach((cell, spec) -> checkGenerators(plan, cells, cell, spec));
          cells.stream()
              .filter(cell -> cell.untrained() && !loaded.containsKey(cell))
              .forEach(cell -> at(plan, cell, () -> admit(cell, images)));
          if (cells.stream().anyMatch(cell -> cell.generation() != null)) {
            new LikelihoodEvaluator(measured.images()).check(dataset);
          }
        };
    // A cluster first: one that cannot be reached is said before data and nets take their time. The
    // folder last: a run that is refused for its data leaves none behind.
    try (Cluster cluster = connection.open(plan.experiment().name());
        RunContext context = new RunContext(training, plugins, progress, admission);
        RunFolder.Lock lock = folder.lock()) {
      interruption.install();
      SkippedFiles.of(context.dataset()).ifPresent(line -> progress.update(line, 0, 0, ""));
      TrainingOptions options = watch.training(interruption, seconds(plan));
      CellExecutor executor =
          cluster.executor(
              new CellWork(
                  folder,
                  cells.size(),
                  () -> new CellRunner(folder, context, plugins, measured, options),
                  pluginFolder,
                  watch.arguments(),
                  watch.curves(),
                  interruption));
      Trunks trunks = new Trunks(context, plugins);
      trunks.prepare(cells, options, progress);
      context.keepNets(folder);
      Run run =
          ExperimentRun.training(plan, folder, context, trunks).run(command, executor, progress);
      // A report that has begun is finished.
      interruption.stopIfRequested();
      Reports.finish(plugins, run, pooled.apply(run));
      if (plan.experiment().tuning() != null) {
        Reports.writeChoice(run, plan.experiment());
      }
      return run;
    } catch (UsageException e) {
      throw plan.located(e);
    } finally {
      progress.close();
    }
  }

  private RunChoice choice(RunPlan plan) throws IOException {
    try {
      return RunChoice.of(plan.values(), plugins);
    } catch (UsageException e) {
      throw plan.located(e);
    }
  }

  private RunChoice training(RunPlan plan, RunChoice choice, List<CellPlan> cells) {
    try {
      choice.teachers().refuseUnused(cells, plugins);
      return choice.training(cells, plugins);
    } catch (UsageException e) {
      throw plan.located(e);
    }
  }

  /** Says where in the experiment a cell stands that is refused. */
  private static void at(RunPlan plan, CellPlan cell, Runnable check) {
    try {
      check.run();
    } catch (UsageException e) {
      throw plan.located(cell, e);
    }
  }

  /**
   * What tokenizers of given weights are, and what that takes for granted. They are loaded before
   * anything is trained: all of them fit.
   */
  private Map<CellPlan, TokenizerSpec> loaded(RunPlan plan, List<CellPlan> cells)
      throws IOException {
    Optional<String> size = Optional.ofNullable(plan.values().get(SIZE));
    Map<CellPlan, TokenizerSpec> specs = new LinkedHashMap<>();
    for (CellPlan cell : cells) {
      if (cell.untrained() && cell.given().kind() == Given.Kind.WEIGHTS) {
        try (Tokenizer tokenizer = given.tokenizer(cell, size.map(ImageSize::parse))) {
          for (String line : given.assumptions(cell, tokenizer)) {
            progress.update(cell.method(), 0, 0, line);
          }
          specs.put(cell, tokenizer.spec());
        } catch (UsageException e) {
          throw plan.located(cell, cell.named(e));
        }
      }
    }
    return specs;
  }

  /** Opens what else is given: all of it fits the images. */
  private void admit(CellPlan cell, ReferenceImages images) {
    try {
      if (cell.reconstructed()) {
        given.reconstructions(cell, images, progress).close();
        return;
      }
      ImageSize size = images.dataset().spec().imageSize();
      try (Tokenizer tokenizer = given.tokenizer(cell, Optional.of(size))) {
        images.requireSizeOf(tokenizer.spec());
        TokenizerEvaluator.tryOut(tokenizer, images);
      }
    } catch (UsageException e) {
      throw cell.named(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireSize(CellPlan cell, TokenizerSpec spec, ReferenceImages images) {
    try {
      images.requireSizeOf(spec);
    } catch (UsageException e) {
      throw cell.named(e);
    }
  }

  /** Looks at the generators on a given tokenizer, and at what is drawn from them. */
  private void checkGenerators(
      RunPlan plan, List<CellPlan> cells, CellPlan tokenizer, TokenizerSpec spec) {
    cells.stream()
        .filter(cell -> cell.inputs().contains(tokenizer.id()))
        .forEach(cell -> at(plan, cell, () -> checkGenerator(cell, spec)));
  }

  private void checkGenerator(CellPlan cell, TokenizerSpec spec) {
    cell.checkDrawing(spec.subCodebooks());
    cell.checkBatch(plugins, spec);
  }

  private static void requireTrainingImages(ImageDataset dataset) {
    if (dataset.size(Split.TRAIN) == 0) {
      throw new UsageException(
          dataset.spec().name() + " has no training images: add images below train/");
    }
  }

  private static int seconds(RunPlan plan) {
    return plan.options().get(RunOptions.CHECKPOINT_SECONDS);
  }
}
