package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run says of the training of weights that lie where it left them.
 *
 * @param record of the run
 * @param plan of the cell that trained them
 */
record TrainingOrigin(RunRecord record, CellPlan plan) {
  /**
   * The origin of weights. Records that cannot be read say nothing: a note is not worth the numbers
   * that it stands beside.
   *
   * @return empty where they do not lie in a cell of a run that trained a tokenizer
   */
  static Optional<TrainingOrigin> of(Path weights) {
    Optional<RunFolder> run = RunFolder.around(weights);
    try {
      return run.isPresent() ? in(run.get(), weights) : Optional.empty();
    } catch (IOException | UsageException e) {
      return Optional.empty();
    }
  }

  private static Optional<TrainingOrigin> in(RunFolder run, Path weights) throws IOException {
    Path place = weights.toAbsolutePath().normalize();
    RunRecord record = ResultFiles.readRecord(run.path());
    Optional<String> id =
        record.cells().stream()
            .filter(each -> SavedTokenizer.ofCell(run.cell(each)).equals(place))
            .findFirst();
    if (id.isEmpty() || record.dataset() == null) {
      return Optional.empty();
    }
    CellPlan plan = run.plan(id.get());
    boolean trains = plan.given() == null && plan.generation() == null;
    return trains ? Optional.of(new TrainingOrigin(record, plan)) : Optional.empty();
  }

  /** In words, such as {@code as VQGAN, seed 1, on the training images of cifar10:data}. */
  String words() {
    return "as %s, seed %d, on the training images of %s"
        .formatted(plan.method(), plan.seed(), record.dataset().name());
  }
}
