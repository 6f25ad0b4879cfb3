package dev.vernier.harness.runs;

import dev.vernier.harness.evaluation.GivenReconstructions;
import dev.vernier.harness.evaluation.LikelihoodEvaluator;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.SampleEvaluator;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.files.UnusableFile;
import dev.vernier.harness.machine.MemoryAdvice;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.plugins.UnusablePlugin;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.harness.workers.Refusal;
import dev.vernier.records.Cell;
import dev.vernier.records.FullDisk;
import dev.vernier.records.Generation;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one cell: train, measure, write the result. */
public final class CellRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CellRunner.class);
  private final RunFolder folder;
  private final RunContext context;
  private final Foundations foundations;
  private final GivenCells given;
  private final WeightHashes hashes;
  private final CellTraining training;
  private final TokenizerEvaluator evaluator;
  private final GeneratorCell generators;
  private final SampledCell samples;
  private final Interruption interruption;

  /**
   * A runner for cells of one run, whose context stays the caller's.
   *
   * @param measured how much is measured
   */
  public CellRunner(
      RunFolder folder,
      RunContext context,
      Plugins plugins,
      MeasureOptions measured,
      TrainingOptions options) {
    this.folder = folder;
    this.context = context;
    this.given = new GivenCells(plugins);
    this.hashes = new WeightHashes();
    this.foundations = new Foundations(folder, plugins, context.dataset(), given, hashes);
    this.training = new CellTraining(context, plugins, options);
    this.evaluator = context.evaluator(measured);
    this.interruption = options.interruption();
    this.generators =
        new GeneratorCell(
            context, foundations, new LikelihoodEvaluator(measured.images()), options);
    this.samples =
        new SampledCell(
            foundations,
            new SampleEvaluator(
                context.dataset(), context.reference(), context.scorer(), measured.bootstrap()),
            interruption);
  }

  /**
   * Runs a cell, once no other process does, and writes its result, whether it succeeded or not. A
   * result that was made from what the cell stands on now is kept.
   *
   * @throws IOException if the result cannot be written
   * @throws Refusal if what this process computes with is not what the session was begun with
   * @throws Interruption.Interrupted when asked to stop
   */
  @SuppressWarnings("try") // the lock is held, never used
  public void run(CellPlan plan, Progress progress) throws IOException {
    try (RunFolder.Lock lock = folder.lockCell(plan.id(), interruption::stopIfRequested)) {
      if (!isDone(plan)) {
        compute(plan, progress);
      }
    }
  }

  private void compute(CellPlan plan, Progress progress) throws IOException {
    // Of whoever was killed at it; who has the lock has the folder to himself.
    WholeFile.clear(folder.cell(plan.id()));
    CellNumbers numbers;
    try {
      verify(plan);
      if (!plan.untrained()) {
        CellTraining.putOtherCodeAside(folder.cell(plan.id()), context.codeHash(plan));
      }
      foundations.require(plan);
      numbers = measure(plan, progress);
    } catch (Interruption.Interrupted | Refusal e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      if (FullDisk.isCauseOf(e)) {
        // No fault of the cell: the next would have no room either.
        throw FullDisk.at(folder.cell(plan.id()), 0, e);
      }
      ResultFiles.write(folder.path(), failed(plan, explanation(plan, e)));
      return;
    }
    // A result that cannot be written is no fault of its cell: the next would have none either.
    write(folder, plan, numbers);
    CellTraining.clear(folder.cell(plan.id()));
  }

  /** Whether this process computes on what the session was begun with. */
  private void verify(CellPlan plan) throws IOException {
    Conditions here = context.conditions();
    boolean trains = plan.given() == null && plan.generation() == null;
    folder.conditions().require(trains ? here.and(context.taughtBy(plan)) : here);
  }

  /** Whether a cell has its result. One of other inputs is put aside, with all that led to it. */
  private boolean isDone(CellPlan plan) throws IOException {
    Optional<Cell> finished = folder.finished(plan.id(), LOG::warn);
    if (finished.isEmpty()) {
      return false;
    }
    if (folder.isCurrent(plan, finished.get(), hashes)) {
      return true;
    }
    LOG.warn(
        "cell {} starts over because its inputs changed; its old state is kept beside it until it"
            + " finishes",
        plan.id());
    CellTraining.putAside(folder.cell(plan.id()), "other-inputs");
    Files.delete(ResultFiles.cellFile(folder.path(), plan.id()));
    return false;
  }

  private static String explanation(CellPlan plan, Throwable error) {
    if (error instanceof UncheckedIOException wrapped) {
      return explanation(plan, wrapped.getCause());
    }
    if (error instanceof UsageException) {
      return error.getMessage();
    }
    if (error instanceof FileSystemException file) {
      return UnusableFile.told(file);
    }
    if (error instanceof OutOfMemoryError memory) {
      return MemoryAdvice.of(memory);
    }
    LOG.error("cell {} failed", plan.id(), error);
    if (error instanceof LinkageError unfit) {
      String plugin = plan.generation() == null ? plan.tokenizer() : plan.generation().generator();
      return UnusablePlugin.told("the plugin of " + plugin, unfit);
    }
    return error instanceof StackOverflowError deep
        ? UnusablePlugin.told(deep).orElse(error.toString())
        : error.toString();
  }

  private CellNumbers measure(CellPlan plan, Progress progress) throws IOException {
    Path cell = folder.cell(plan.id());
    if (plan.untrained()) {
      return given(plan, cell, progress);
    }
    if (plan.generation() == null) {
      return tokenizer(plan, cell, progress);
    }
    return plan.generation().trains()
        ? generators.run(plan, cell, progress)
        : samples.run(plan, cell, progress);
  }

  private CellNumbers tokenizer(CellPlan plan, Path cell, Progress progress) throws IOException {
    CellTraining.Outcome outcome = training.train(plan, cell, progress);
    try (Tokenizer tokenizer = outcome.tokenizer()) {
      plan.saved().write(tokenizer, SavedTokenizer.ofCell(cell));
      Measurement measurement =
          evaluator.measure(tokenizer, cell, progress).noting(outcome.notes());
      return new CellNumbers(tokenizer.spec(), measurement, List.of(outcome.phase()), null);
    }
  }

  private CellNumbers given(CellPlan plan, Path cell, Progress progress) throws IOException {
    if (plan.reconstructed()) {
      try (GivenReconstructions images =
          given.reconstructions(plan, evaluator.reference(), progress)) {
        Measurement measurement = evaluator.measure(images, cell, progress);
        return given(plan, images.spec().orElse(null), measurement);
      }
    }
    try (Tokenizer tokenizer = foundations.tokenizer(plan)) {
      Measurement measurement = evaluator.measure(tokenizer, cell, progress);
      return given(plan, tokenizer.spec(), measurement.noting(given.assumptions(plan, tokenizer)));
    }
  }

  private static CellNumbers given(CellPlan plan, TokenizerSpec spec, Measurement measurement) {
    String note =
        "not trained here: the "
            + plan.given().words()
            + " were given (SHA-256 "
            + plan.given().hash()
            + "); "
            + origin(plan);
    return new CellNumbers(spec, measurement.noting(List.of(note)), List.of(), null);
  }

  /** What is known of the training of what is given. */
  private static String origin(CellPlan plan) {
    Optional<TrainingOrigin> known =
        plan.reconstructed() ? Optional.empty() : TrainingOrigin.of(Path.of(plan.given().path()));
    return known
        .map(each -> "their run says that they were trained " + each.words())
        .orElseGet(
            () ->
                "what "
                    + (plan.reconstructed() ? "made them was" : "they were")
                    + " trained on is unknown, and may include these images");
  }

  /**
   * Writes the result of the cell of what is given.
   *
   * @param spec what the tokenizer is; empty where nobody says
   */
  public static void write(
      RunFolder folder, CellPlan plan, Optional<TokenizerSpec> spec, Measurement measurement)
      throws IOException {
    write(folder, plan, given(plan, spec.orElse(null), measurement));
  }

  private static void write(RunFolder folder, CellPlan plan, CellNumbers numbers)
      throws IOException {
    folder.writeProtocols(plan.id(), numbers.measurement().protocols());
    ResultFiles.write(folder.path(), finished(plan, numbers));
  }

  private static Cell finished(CellPlan plan, CellNumbers numbers) {
    Measurement measurement = numbers.measurement();
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        plan.id(),
        plan.method(),
        plan.tokenizer(),
        plan.settings(),
        plan.training(),
        plan.given(),
        plan.seed(),
        numbers.spec(),
        Cell.Status.FINISHED,
        null,
        measurement.metrics(),
        measurement.codebooks(),
        numbers.phases(),
        measurement.notes(),
        numbers.generation(),
        Map.of(),
        Map.of());
  }

  /** The result of a cell that went wrong. */
  public static Cell failed(CellPlan plan, String error) {
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        plan.id(),
        plan.method(),
        plan.tokenizer(),
        plan.settings(),
        plan.training(),
        plan.given(),
        plan.seed(),
        null,
        Cell.Status.FAILED,
        error.lines().findFirst().orElse("unknown"),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        plan.generation() == null ? null : unmade(plan.generation()),
        Map.of(),
        Map.of());
  }

  private static Generation unmade(GenerationPlan plan) {
    return new Generation(
        plan.generator(), plan.settings(), plan.training(), plan.sampling(), Map.of(), null);
  }
}
