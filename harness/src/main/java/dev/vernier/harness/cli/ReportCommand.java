package dev.vernier.harness.cli;

import dev.vernier.harness.files.OutputFolder;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.HtmlReport;
import dev.vernier.reports.findings.Findings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier report}: charts and tables again. */
@Command(
    name = "report",
    description = "Writes charts and tables of one or several runs.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "RUN", description = "folders of runs")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "a new or empty folder, or one of a report (default: report/ in the first run's"
              + " folder)")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      parameterConsumer = GivenSettings.class,
      description =
          "a setting of the report, repeatable, such as axis=bits; 'vernier list html' shows all")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path folder = out == null ? Reports.folder(runs.get(0)) : out;
    OutputFolder target = new OutputFolder(folder, "--out");
    target.refuseFile();
    if (out != null) {
      boolean own = HtmlReport.isIn(out);
      target.refuseOthers(entry -> own);
    }
    GivenOnce.require(runs);
    List<Run> read = new ArrayList<>();
    for (Path run : runs) {
      read.add(ResultFiles.read(run));
    }
    Reports.write(plugins.discover(), read, settings, folder);
    PrintWriter stdout = spec.commandLine().getOut();
    Findings.of(read).forEach(finding -> stdout.println(finding.line()));
    stdout.println("report: " + folder.resolve("index.html"));
    return ExitCodes.DONE;
  }
}
