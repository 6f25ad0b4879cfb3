package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.weights.SavedGenerator;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Given;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What images are drawn from.
 *
 * @param generator its weights, a folder or a file
 * @param tokenizer those of the tokenizer that decodes, a folder or a file
 * @param given what the tokenizer is, where it was given to the run of a cell
 * @param sampling how they are drawn, as far as a cell says it; by name
 * @param seed decides every draw
 */
record SampleSource(
    Path generator,
    Path tokenizer,
    Optional<SavedTokenizer> given,
    Map<String, String> sampling,
    long seed) {
  private static final long FIRST_SEED = 1;

  /**
   * Weights that the user named.
   *
   * @param seed the user's, or null
   * @throws UsageException if they are not there
   */
  static SampleSource ofWeights(Path generator, Path tokenizer, Long seed) {
    requireThere(generator, "--weights");
    requireThere(tokenizer, "--tokenizer-weights");
    return new SampleSource(
        generator, tokenizer, Optional.empty(), Map.of(), seed == null ? FIRST_SEED : seed);
  }

  private static void requireThere(Path path, String option) {
    if (path.toString().isBlank()) {
      throw new UsageException(option + " is empty: name a folder that training wrote, or a file");
    }
    if (!Files.exists(path)) {
      throw new UsageException("there are no weights " + path + ": check " + option);
    }
  }

  /**
   * The generator of a cell, or the one that it drew from.
   *
   * @param cell its folder
   * @param seed the user's, or null for the cell's
   * @throws UsageException if it is no cell of a generator, or one that has not been trained, or if
   *     the tokenizer was given and is not there any more
   */
  static SampleSource ofCell(Path cell, Long seed) throws IOException {
    Path own = cell.toAbsolutePath().normalize();
    String id = String.valueOf(own.getFileName());
    RunFolder run = new RunFolder(own.resolve("../..").normalize());
    if (!Files.exists(own.resolve("cell.json")) || !run.cell(id).equals(own)) {
      throw new UsageException(
          cell + " is not a cell of a run: name a folder below the cells/ of one");
    }
    CellPlan plan = run.plan(id);
    if (plan.generation() == null) {
      throw new UsageException(
          cell + " is the cell of a tokenizer, " + plan.method() + ": name one of a generator");
    }
    Path trained = plan.generation().trains() ? own : run.cell(plan.generation().generatorCell());
    Path generator = SavedGenerator.ofCell(trained);
    // What names the weights is written after them.
    requireWhole(generator, SavedGenerator.FILE, run);
    return new SampleSource(
        generator,
        tokenizer(plan, run),
        plan.given() == null ? Optional.empty() : Optional.of(plan.saved()),
        plan.generation().sampling(),
        seed == null ? plan.seed() : seed);
  }

  private static Path tokenizer(CellPlan plan, RunFolder run) throws IOException {
    if (plan.given() != null) {
      if (plan.given().kind() != Given.Kind.WEIGHTS) {
        throw new UsageException(
            "the tokenizer of "
                + plan.method()
                + " is given as "
                + plan.given().kind().words()
                + ", which only a run decodes with: take the samples of the run, or give weights");
      }
      return plan.givenPath();
    }
    Path trained = SavedTokenizer.ofCell(run.cell(plan.generation().tokenizerCell()));
    requireWhole(trained, SavedTokenizer.FILE, run);
    return trained;
  }

  private static void requireWhole(Path weights, String name, RunFolder run) {
    if (!Files.exists(weights.resolve(name))) {
      throw new UsageException(
          weights + " is not there yet: finish the run " + run.path() + " with --resume first");
    }
  }
}
