package dev.vernier.harness.cli;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.ReportRenderer;
import dev.vernier.spi.results.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lets every report renderer write into a folder. */
final class Reports {
  private Reports() {}

  static void write(Plugins plugins, List<Run> runs, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (ReportRenderer renderer : plugins.renderers()) {
      renderer.render(runs, folder);
    }
  }
}
