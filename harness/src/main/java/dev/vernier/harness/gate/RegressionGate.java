package dev.vernier.harness.gate;

import dev.vernier.harness.files.OutputFile;
import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds runs against a baseline in a file, and writes the file. */
public final class RegressionGate {
  private final Path path;
  private final BaselineFile file;

  /**
   * A gate.
   *
   * @param baseline a JSON file
   */
  public RegressionGate(Path baseline) {
    this.path = baseline;
    this.file = new BaselineFile(baseline);
  }

  /** The file, and the one beside it, as the command line names them. */
  public List<OutputFile> files() {
    return file.files();
  }

  /**
   * Looks whether the baseline may be written; writes nothing.
   *
   * @throws UsageException if there is one that cannot be read, or a file that is none of its own
   */
  public void refuseOthers() throws IOException {
    file.refuseOtherScores(before());
  }

  private Optional<Baseline> before() throws IOException {
    return hasBaseline() ? Optional.of(file.read()) : Optional.empty();
  }

  /** Whether there is a baseline. */
  public boolean hasBaseline() {
    return Files.exists(path);
  }

  /**
   * Judges a run.
   *
   * @throws UsageException if there is no baseline, or it cannot be read
   */
  public GateResult judge(Run run) throws IOException {
    Baseline baseline = file.read();
    GateResult result = Gate.judge(baseline, file.snapshot(baseline), Snapshot.of(run));
    return baseline.scores() != null && !Files.exists(file.scores())
        ? result.noting(
            "there is no " + file.scores() + ": images are not paired, which widens the noise")
        : result;
  }

  /**
   * Looks whether a run can say how far trainings differ.
   *
   * @throws UsageException if nothing was trained in it
   */
  public static void refuseGiven(Run run) {
    if (!run.cells().isEmpty() && run.cells().stream().allMatch(Cell::untrained)) {
      throw new UsageException(
          run.folder()
              + " is given, not trained: nothing to calibrate; leave out --calibrate, or"
              + " name runs that train");
    }
  }

  /**
   * Writes the baseline. Tolerances and rate of an earlier one stay.
   *
   * @param run whose numbers it holds
   * @param repetitions runs by the same code, which say how far trainings differ
   * @return what is still unknown of that, in lines
   * @throws UsageException if the run is not whole, or the earlier baseline cannot be read
   */
  public List<String> update(Run run, List<Run> repetitions) throws IOException {
    requireWhole(run);
    Snapshot snapshot = Snapshot.of(run);
    List<Snapshot> all = new ArrayList<>(List.of(snapshot));
    for (Run each : repetitions) {
      all.add(Snapshot.of(each));
    }
    Optional<Baseline> before = before();
    Calibration calibration = new Calibration(all);
    Map<String, GateCell> cells = calibration.calibrated(snapshot, before.map(Baseline::numbers));
    Snapshot calibrated = new Snapshot(cells, snapshot.protocols(), snapshot.scores());
    Baseline.Source source = Baseline.Source.of(run.record());
    file.write(Baseline.of(source, calibrated, before), snapshot.scores());
    return calibration.notes(snapshot, cells.values());
  }

  /** What is missing from a baseline would never be missed. */
  private static void requireWhole(Run run) {
    if (run.cells().isEmpty() || run.cells().size() < run.record().cells().size()) {
      throw new UsageException(
          run.folder()
              + " has results of "
              + run.cells().size()
              + " of "
              + run.record().cells().size()
              + " cells: finish the run, with --resume");
    }
    for (Cell cell : run.cells()) {
      if (cell.status() == Cell.Status.FAILED) {
        throw noBaseline(run, cell, "failed: " + cell.error());
      }
      if (!cell.missing().isEmpty()) {
        throw noBaseline(run, cell, "lacks numbers: " + cell.missing());
      }
    }
  }

  private static UsageException noBaseline(Run run, Cell cell, String why) {
    return new UsageException(
        "%s is not a baseline, %s %s %s".formatted(run.folder(), cell.method(), cell.id(), why));
  }
}
