package dev.vernier.harness.runs;

import dev.vernier.harness.codes.CodeFolder;
import dev.vernier.harness.codes.Codes;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.weights.SavedGenerator;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Generator;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the cells of a run stand on: the tokenizers, codes and generators of other cells.
 *
 * @param given opens tokenizers that are given
 * @param hashes of the weights
 */
record Foundations(
    RunFolder folder,
    Plugins plugins,
    ImageDataset dataset,
    GivenCells given,
    WeightHashes hashes) {
  /**
   * Looks whether all cells that a cell stands on have their numbers.
   *
   * @throws UsageException if one has not; the message names it
   */
  void require(CellPlan plan) throws IOException {
    for (String id : plan.inputs()) {
      if (!Files.exists(ResultFiles.cellFile(folder.path(), id))) {
        throw new UsageException("it depends on cell " + id + ", which is not done");
      }
      Cell cell = ResultFiles.readCell(folder.path(), id);
      if (cell.status() == Cell.Status.FAILED) {
        throw new UsageException(
            "it depends on " + cell.method() + " (cell " + id + "), which failed: " + cell.error());
      }
    }
  }

  /** The result of the cell whose tokenizer a cell stands on. */
  Cell tokenizerCell(GenerationPlan plan) throws IOException {
    return ResultFiles.readCell(folder.path(), plan.tokenizerCell());
  }

  /** The result of the cell whose generator a cell draws from. */
  Cell generatorCell(GenerationPlan plan) throws IOException {
    return ResultFiles.readCell(folder.path(), plan.generatorCell());
  }

  /** The tokenizer, given or of another cell; the caller closes it. */
  Tokenizer tokenizer(CellPlan plan) throws IOException {
    ImageSize size = dataset.spec().imageSize();
    return plan.given() == null
        ? plan.saved().load(tokenizerWeights(plan), plugins, size)
        : given.tokenizer(plan, Optional.of(size));
  }

  /**
   * The codes of a split.
   *
   * @param tenCrop whether of ten crops of each image
   * @param between called between parts of encoding them; may throw to stop
   */
  Codes codes(CellPlan plan, Split split, boolean tenCrop, Runnable between, Progress progress)
      throws IOException {
    Path cell = folder.cell(plan.generation().tokenizerCell());
    return new CodeFolder(
            cell.resolve("codes"),
            tokenizerHash(plan),
            folder.conditions().codeHash(plan.tokenizerProvider(plugins).stream().toList()),
            tokenizerCell(plan.generation()).spec(),
            dataset)
        .of(split, tenCrop, () -> tokenizer(plan), between, progress);
  }

  /** The generator; the caller closes it. */
  Generator generator(GenerationPlan plan) throws IOException {
    return new SavedGenerator(plan.generator(), plan.settings(), null)
        .load(present(generatorWeights(plan), plan.generatorCell()), plugins);
  }

  /** The hash of the tokenizer's weights. */
  String tokenizerHash(CellPlan plan) throws IOException {
    if (plan.given() != null) {
      given.path(plan);
      return plan.given().hash();
    }
    return hashes.of(tokenizerWeights(plan));
  }

  /** The hash of the generator's weights. */
  String generatorHash(GenerationPlan plan) throws IOException {
    return hashes.of(present(generatorWeights(plan), plan.generatorCell()));
  }

  private Path tokenizerWeights(CellPlan plan) {
    String cell = plan.generation().tokenizerCell();
    return present(SavedTokenizer.ofCell(folder.cell(cell)), cell);
  }

  private Path generatorWeights(GenerationPlan plan) {
    return SavedGenerator.ofCell(folder.cell(plan.generatorCell()));
  }

  private Path present(Path weights, String cell) {
    if (!Files.isDirectory(weights)) {
      throw new UsageException(
          weights
              + " is not there any more: delete "
              + folder.cell(cell)
              + " and run again with --resume");
    }
    return weights;
  }
}
