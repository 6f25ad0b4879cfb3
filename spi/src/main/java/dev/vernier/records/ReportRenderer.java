package dev.vernier.records;

import dev.vernier.spi.Provider;
import dev.vernier.spi.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Turns finished runs into files: charts, tables, pages. */
public interface ReportRenderer extends Provider {
  /**
   * Writes the report of one or several runs of the same experiment.
   *
   * @param runs the runs, each with its cells
   * @param settings of this renderer
   * @param folder an existing folder to write into; files of the same name are replaced, each whole
   */
  void render(List<Run> runs, Settings settings, Path folder) throws IOException;
}
