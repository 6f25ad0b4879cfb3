package dev.vernier.harness.cli;

import dev.vernier.harness.files.OutputFile;
import dev.vernier.harness.gate.GateResult;
import dev.vernier.harness.gate.GateTable;
import dev.vernier.harness.gate.JUnitXml;
import dev.vernier.harness.gate.MarkdownSummary;
import dev.vernier.harness.gate.RegressionGate;
import dev.vernier.records.FullDisk;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier gate}: whether a run is worse than a baseline. */
@Command(
    name = "gate",
    description = {
      "Compares every metric of a run with a baseline, for CI.",
      "A metric fails if it got worse by more than its tolerance and the noise together. It passes if"
          + " change and noise are both within the tolerance, if it is clearly better, or if it is"
          + " unchanged to within 0.01%%, the most by which processors may differ. Everything else is inconclusive;"
          + " another protocol is not comparable; what the baseline has and the run lacks is missing."
          + " None of these three is a pass. Cells that differ in their seeds alone are judged by the mean over the seeds.",
      "Noise over images is measured in pairs if both sides kept per-image numbers or resamples; noise"
          + " between trainings needs a calibrated baseline or several seeds. A trained cell whose"
          + " spread is unknown cannot fail.",
      "The baseline declares 'tolerances' by metric, each with one of absolute, relative and"
          + " standardErrors, and 'falseAlarmRate', the share of all gates in which anything fails by"
          + " chance, at most. A tolerance below 0.01%% of the number counts as that. Edit both; --update"
          + " keeps them. A metric without a tolerance is reported but not judged."
    },
    footer = {
      "",
      "Exit codes: 0 all passed, or --update wrote the baseline, 1 worse, 2 wrong use or bad input, 3"
          + " could not measure: something is inconclusive, not comparable or missing, or nothing was"
          + " judged."
    },
    mixinStandardHelpOptions = true)
final class GateCommand implements Callable<Integer> {
  private static final String SUITE = "vernier gate";

  @Parameters(paramLabel = "RUN", description = "folder of a run")
  private Path folder;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "FILE",
      description =
          "JSON file to review and commit; the per-image scores go into an .npz beside it")
  private Path baseline;

  @Option(names = "--update", description = "show the difference, then write the baseline")
  private boolean update;

  @Option(
      names = "--calibrate",
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "with --update: runs of the same code at other seeds, to measure the spread between"
              + " trainings; at least five trainings in all")
  private List<Path> repetitions = new ArrayList<>();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description =
          "write JUnit XML: worse is a failure, what could not be measured an error, what is not"
              + " judged is skipped; only a file of an earlier gate is written over")
  private Path junit;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "append Markdown, as to $GITHUB_STEP_SUMMARY")
  private Path summary;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!repetitions.isEmpty() && !update) {
      throw new UsageException("--calibrate belongs to --update, which writes the baseline");
    }
    RegressionGate gate = new RegressionGate(baseline);
    refuseOthers(gate);
    Run run = ResultFiles.read(folder);
    List<Run> others = repetitions(run);
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCodes.DONE;
    boolean first = update && !gate.hasBaseline();
    if (!first) {
      GateResult result = gate.judge(run);
      print(result, out);
      write(result, folder + " against " + baseline);
      code = code(result);
    }
    if (update) {
      gate.update(run, others).forEach(each -> out.println("note: " + each));
      GateResult result = gate.judge(run);
      new GateTable(result).tooNoisy().forEach(out::println);
      if (first) {
        write(result, folder + " against " + baseline + ", which was written from it");
      }
      out.println("baseline: " + baseline);
      code = ExitCodes.DONE;
    }
    out.flush();
    return code;
  }

  private List<Run> repetitions(Run run) throws IOException {
    if (!repetitions.isEmpty()) {
      RegressionGate.refuseGiven(run);
    }
    List<Run> others = new ArrayList<>();
    for (Path each : repetitions) {
      Run other = ResultFiles.read(each);
      RegressionGate.refuseGiven(other);
      others.add(other);
    }
    return others;
  }

  /** Looks at all files that are written, before anything is. */
  private void refuseOthers(RegressionGate gate) throws IOException {
    List<OutputFile> files = new ArrayList<>(gate.files());
    if (junit != null) {
      files.add(xml());
    }
    if (summary != null) {
      files.add(markdown());
    }
    files.forEach(OutputFile::refuseFolder);
    OutputFile.refuseSame(files);
    if (junit != null) {
      xml().refuseOthers(file -> JUnitXml.isIn(file, SUITE));
    }
    if (update) {
      gate.refuseOthers();
    }
  }

  private OutputFile xml() {
    return new OutputFile(junit, "--junit");
  }

  private OutputFile markdown() {
    return new OutputFile(summary, "--summary");
  }

  private static void print(GateResult result, PrintWriter out) {
    GateTable table = new GateTable(result);
    if (table.rows().size() > 1) {
      TextTable.print(table.rows(), out);
    }
    table.lines().forEach(out::println);
    out.println(result.power());
    out.println("gate " + result.headline());
  }

  private void write(GateResult result, String title) throws IOException {
    if (junit != null) {
      ResultFiles.writeWhole(junit, JUnitXml.of(result, SUITE).getBytes(StandardCharsets.UTF_8));
    }
    if (summary != null) {
      markdown().makeFolder();
      try {
        Files.writeString(
            summary,
            MarkdownSummary.of(result, title),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw FullDisk.explained(summary, e);
      }
    }
  }

  private static int code(GateResult result) {
    if (result.failed()) {
      return ExitCodes.GATE_FAILED;
    }
    return result.unmeasured() ? ExitCodes.NOT_MEASURED : ExitCodes.DONE;
  }
}
