package dev.vernier.harness.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Cell;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one cell: train, measure, write the result. */
public final class CellRunner {
  /** What {@code eval} reads beside weights: which tokenizer they belong to. */
  public static final String TOKENIZER_FILE = "tokenizer.json";

  private static final Logger LOG = LoggerFactory.getLogger(CellRunner.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final RunFolder folder;
  private final CellTraining training;
  private final TokenizerEvaluator evaluator;

  /** A runner for cells of one run. */
  public CellRunner(RunFolder folder, CellTraining training, TokenizerEvaluator evaluator) {
    this.folder = folder;
    this.training = training;
    this.evaluator = evaluator;
  }

  /**
   * What a saved tokenizer is.
   *
   * @param tokenizer name of the plugin
   * @param settings every setting
   */
  public record SavedTokenizer(String tokenizer, Map<String, String> settings) {}

  /**
   * Where a cell's tokenizer is saved.
   *
   * @param cell the cell's folder
   */
  public static Path tokenizer(Path cell) {
    return CellTraining.state(cell).resolve("tokenizer");
  }

  /** What came of a cell that has its numbers. */
  private record Numbers(TokenizerSpec spec, Measurement measurement, Phase training) {}

  /**
   * Runs a cell and writes its result, whether it succeeded or not.
   *
   * @throws IOException if the result cannot be written
   * @throws Interruption.Interrupted when asked to stop
   */
  public void run(CellPlan plan, Progress progress) throws IOException {
    Numbers numbers;
    try {
      numbers = measure(plan, progress);
    } catch (Interruption.Interrupted e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      ResultFiles.write(folder.path(), failed(plan, explanation(plan, e)));
      return;
    }
    // A result that cannot be written is no fault of its cell: the next would have none either.
    write(folder, plan, numbers.spec(), numbers.measurement(), Optional.of(numbers.training()));
    CellTraining.clear(folder.cell(plan.id()));
  }

  private static String explanation(CellPlan plan, Throwable error) {
    if (error instanceof UsageException) {
      return error.getMessage();
    }
    LOG.error("cell {} failed", plan.id(), error);
    return error instanceof LinkageError
        ? "the plugin of "
            + plan.tokenizer()
            + " cannot be used, get a version built for this Vernier: "
            + error
        : error.toString();
  }

  private Numbers measure(CellPlan plan, Progress progress) throws IOException {
    Path cell = folder.cell(plan.id());
    CellTraining.Outcome outcome = training.train(plan, cell, progress);
    try (Tokenizer tokenizer = outcome.tokenizer()) {
      save(tokenizer, new SavedTokenizer(plan.tokenizer(), plan.settings()), cell);
      Measurement measurement =
          evaluator.measure(tokenizer, cell, progress).noting(outcome.notes());
      return new Numbers(tokenizer.spec(), measurement, outcome.phase());
    }
  }

  /** Writes a tokenizer below a folder, with what it takes to load it. */
  public static Path save(Tokenizer tokenizer, SavedTokenizer what, Path folder)
      throws IOException {
    Path weights = tokenizer(folder);
    Files.createDirectories(weights);
    tokenizer.save(weights);
    ResultFiles.writeWhole(weights.resolve(TOKENIZER_FILE), JSON.writeValueAsBytes(what));
    return weights;
  }

  /**
   * Writes the result of a cell.
   *
   * @param training the time of training, where there was one
   */
  public static void write(
      RunFolder folder,
      CellPlan plan,
      TokenizerSpec spec,
      Measurement measurement,
      Optional<Phase> training)
      throws IOException {
    List<Phase> phases = new ArrayList<>();
    training.ifPresent(phases::add);
    phases.addAll(measurement.phases());
    folder.writeProtocols(plan.id(), measurement.protocols());
    ResultFiles.write(folder.path(), finished(plan, spec, measurement, phases));
  }

  private static Cell finished(
      CellPlan plan, TokenizerSpec spec, Measurement measurement, List<Phase> phases) {
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        plan.id(),
        plan.method(),
        plan.tokenizer(),
        plan.settings(),
        plan.training(),
        plan.seed(),
        spec,
        Cell.Status.FINISHED,
        null,
        measurement.metrics(),
        measurement.codebooks(),
        phases,
        measurement.notes(),
        Map.of());
  }

  /** The result of a cell that went wrong. */
  static Cell failed(CellPlan plan, String error) {
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        plan.id(),
        plan.method(),
        plan.tokenizer(),
        plan.settings(),
        plan.training(),
        plan.seed(),
        null,
        Cell.Status.FAILED,
        error.lines().findFirst().orElse("unknown"),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of());
  }
}
