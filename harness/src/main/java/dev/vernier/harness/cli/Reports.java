package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.TuningChoice;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.ReportRenderer;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.ResultsCsv;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What comes out of runs for readers: tables, and what every report renderer writes. */
final class Reports {
  private Reports() {}

  /** Everything for readers of a run that is done, in its folder. */
  static void finish(Plugins plugins, Run run) throws IOException {
    finish(plugins, run, List.of(run));
  }

  /**
   * The same with other runs in the report.
   *
   * @param reported all of them, in their order
   */
  static void finish(Plugins plugins, Run run, List<Run> reported) throws IOException {
    writeTable(new RunFolder(run.folder()), reported);
    write(plugins, reported, Map.of(), folder(run.folder()));
  }

  /** The folder of the report in that of a run. */
  static Path folder(Path run) {
    return new RunFolder(run).report();
  }

  /** What the console says at last: where the report of a run is. */
  static String line(Path run) {
    return "report: " + folder(run).resolve("index.html");
  }

  /** The results of runs for spreadsheets, one row a cell. */
  private static void writeTable(RunFolder folder, List<Run> runs) throws IOException {
    ResultFiles.writeWhole(folder.table(), ResultsCsv.of(runs).getBytes(StandardCharsets.UTF_8));
  }

  /** The settings that a search chose, in its folder. */
  static void writeChoice(Run run, Experiment experiment) throws IOException {
    String yaml = TuningChoice.of(run, experiment).yaml(run, experiment);
    ResultFiles.writeWhole(
        run.folder().resolve("choice.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What every renderer makes of runs.
   *
   * @param given settings by name, for the renderers that have them
   * @throws UsageException if no renderer has a setting, or a value is wrong
   */
  static void write(Plugins plugins, List<Run> runs, Map<String, String> given, Path folder)
      throws IOException {
    Map<ReportRenderer, Settings> settings = settings(plugins, given);
    Files.createDirectories(folder);
    for (ReportRenderer renderer : plugins.renderers()) {
      renderer.render(runs, settings.get(renderer), folder);
    }
  }

  private static Map<ReportRenderer, Settings> settings(
      Plugins plugins, Map<String, String> given) {
    Set<String> known = new TreeSet<>();
    Map<ReportRenderer, Settings> settings = new LinkedHashMap<>();
    for (ReportRenderer renderer : plugins.renderers()) {
      Map<String, String> own = new LinkedHashMap<>(given);
      own.keySet().retainAll(renderer.settings().stream().map(Setting::name).toList());
      settings.put(renderer, Settings.of(renderer.settings(), own));
      known.addAll(settings.get(renderer).names());
    }
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new UsageException(NearestName.unknown("report setting", name, known));
      }
    }
    return settings;
  }
}
