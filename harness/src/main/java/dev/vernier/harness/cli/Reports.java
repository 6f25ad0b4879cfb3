package dev.vernier.harness.cli;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.reports.ResultsCsv;
import dev.vernier.spi.ReportRenderer;
import dev.vernier.spi.results.ResultFiles;
import dev.vernier.spi.results.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What comes out of runs for readers: tables, and what every report renderer writes. */
final class Reports {
  private Reports() {}

  /** The results of a run for spreadsheets, one row a cell, in its folder. */
  static void writeTable(Run run) throws IOException {
    ResultFiles.writeWhole(
        run.folder().resolve("results.csv"), ResultsCsv.of(run).getBytes(StandardCharsets.UTF_8));
  }

  static void write(Plugins plugins, List<Run> runs, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (ReportRenderer renderer : plugins.renderers()) {
      renderer.render(runs, folder);
    }
  }
}
